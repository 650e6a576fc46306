"""Files with an entry: checked, kept with the draft, sent in by what they hold, opened by whom they are for."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from challenges.attaching import put_with
from challenges.lifecycle import entry as entries
from challenges.models import Attachment, Submission
from factory.files.checking import check
from factory.files.models import StoredFile
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Ride along",
    "summary": "Volunteers drive.",
    "plan": "Three thousand rides.",
    "amount_cents": "50.000",
}


def picture(name="route.png", colour="orange"):
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def attach(entry, name="route.png", colour="orange"):
    """A file with an entry that is written."""
    put_with(entry, check(picture(name, colour)), entry.contact)
    return Attachment.objects.latest("pk")


@pytest.fixture
def entry(broodnodig):
    return contest.entry(contest.challenge("open"), broodnodig, "draft")


@pytest.fixture
def signed_in(client, ada, broodnodig):
    return sign_in(client, ada)


def post(client, entry, move="write", **extra):
    entry.refresh_from_db()
    address = reverse(f"challenges:entry_{move}", args=[entry.pk])
    return client.post(
        address, {**WORDS, "page": "a", "seen": entry.version, "token": "t", **extra}
    )


def test_a_file_is_added_once_and_taken_away_with_the_words_kept(signed_in, entry):
    for _press in range(2):
        answer = post(signed_in, entry, upload=picture(), stay="files")
    assert answer.url.endswith("/write/#files")
    one = Attachment.objects.get()
    page = signed_in.get(answer.url).content.decode()
    assert "route.jpg" in page
    assert "Three thousand rides." in page
    assert signed_in.get(one.get_absolute_url()).status_code == 200
    post(signed_in, entry, drop=one.pk)
    assert not StoredFile.objects.exists()


def test_what_we_do_not_take_is_told_beside_the_words(signed_in, entry):
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00 not a paper")
    answer = post(signed_in, entry, upload=bad, plan="Kept words")
    entry.refresh_from_db()
    assert answer.status_code == 422
    assert "id_upload_error" in answer.content.decode()
    assert entry.typed["plan"] == "Kept words"
    assert post(signed_in, entry, "submit", upload=bad).status_code == 422
    assert not Attachment.objects.exists()


def test_it_is_sent_in_with_its_fingerprint_and_replaced(signed_in, entry):
    first = attach(entry)
    answer = post(signed_in, entry, "submit", upload=picture("map.png", "blue"))
    said = json.loads(Submission.objects.get().said)["files"]
    assert [file["name"] for file in said] == ["route.jpg", "map.jpg"]
    assert said[0]["sha256"] == first.file.sha256
    assert first.file.sha256 in signed_in.get(answer.url).content.decode()
    post(signed_in, entry, drop=first.pk)
    entry.refresh_from_db()
    assert entry.has_newer_words
    assert Attachment.objects.get(pk=first.pk).sent
    post(signed_in, entry, "submit", token="two")
    first.refresh_from_db()
    assert (first.sent, first.was_sent) == (False, True)
    assert signed_in.get(first.get_absolute_url()).status_code == 200


def test_who_opens_it(entry, cleo, dan, vera):
    file = attach(entry)
    for person in (cleo, dan, entry.challenge.owner):
        assert not file.file.is_open_to(person)
    assert file.file.is_open_to(entry.contact)
    assert file.file.is_open_to(vera)  # a colleague who only reads


@pytest.mark.parametrize("disclosure", ["private", "anonymous"])
def test_after_opening_the_readers_open_what_was_sent_and_a_jury_without_names_does_not(
    disclosure, monkeypatch
):
    def with_files(challenge, by):
        one = began(challenge, by, "draft")
        attach(one)
        later = attach(one, "later.png", "red")
        Attachment.objects.filter(pk=later.pk).update(drafted=False)
        entries.submit(one, by=one.contact)
        return one

    began = contest.entry
    monkeypatch.setattr(contest, "entry", with_files)
    made = contest.contest("scoring", disclosure=disclosure)
    seat, (sent, draft) = contest.juror(made.challenge), Attachment.objects.order_by("pk")
    contest.assessment(sent.entry, seat)
    for person in (made.cleo, made.owner):
        assert sent.file.is_open_to(person)
        assert not draft.file.is_open_to(person)
    assert sent.file.is_open_to(seat.person) is (disclosure == "private")
    assert not sent.file.is_open_to(make.person("Stranger"))


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_repair_changes_words_and_adds_a_file_and_never_the_amount(client):
    made = contest.contest("checking", entrants=[make.organisation()])
    one = made.entries[0]
    entries.ask_to_repair(one, by=made.cleo, reason="The map is missing.")
    address = reverse("challenges:entry_move", args=[one.pk, "repair"])
    page = sign_in(client, one.contact).get(address).content.decode()
    assert "The map is missing." in page
    assert one.plan in page
    assert 'name="amount_cents"' not in page
    facts = {**WORDS, "plan": "With a map", "amount_cents": "1", "upload": picture("map.png")}
    assert client.post(address, facts | {"token": "t"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.plan, one.amount_cents) == ("submitted", "With a map", 5_000_000)
    said = json.loads(Submission.objects.latest("number").said)
    assert said["files"][0]["name"] == "map.jpg"
    assert Attachment.objects.get().file.is_open_to(made.cleo)


class TestTheDatabase:
    """Round Django, each with what it does allow."""

    def test_what_others_open_is_what_the_receipt_says(self, entry):
        file = attach(entry)
        with pytest.raises(IntegrityError, match="attachment_is_what_was_sent_in"):
            raw("UPDATE challenges_attachment SET sent = true, was_sent = true")
        entries.submit(entry, by=entry.contact)
        raw("UPDATE challenges_attachment SET drafted = false")
        with pytest.raises(IntegrityError, match="attachment_is_what_was_sent_in"):
            raw("UPDATE challenges_attachment SET sent = false")
        with pytest.raises(Exception, match=r"was_sent_stays|Cannot delete"):
            raw("DELETE FROM challenges_attachment WHERE id = %s", file.pk)

    def test_a_file_comes_while_it_is_written_and_stays(self, entry):
        file = attach(entry)
        late = contest.contest("closed", entrants=[make.organisation()]).entries[0]
        with pytest.raises(IntegrityError, match="attachment_stays_where_it_is"):
            raw("UPDATE challenges_attachment SET entry_id = %s", late.pk)
        raw("DELETE FROM challenges_attachment")
        put = """INSERT INTO challenges_attachment (entry_id, file_id, drafted, sent, was_sent)
            VALUES (%s, %s, true, false, false)"""
        with pytest.raises(IntegrityError, match="attachment_while_it_is_written"):
            raw(put, late.pk, file.file_id)
        raw(put, entry.pk, file.file_id)
