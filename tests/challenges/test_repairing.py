"""What was asked to be repaired: begun from what was sent in, kept while it is typed, files taken away, sent once."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from challenges.attaching import take_away
from challenges.lifecycle import entry as entries
from challenges.models import Attachment, Entry, Submission
from challenges.repaired import repaired
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.test_attachments import attach, picture
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
ASKED = "The map is missing."


class WithMore(contest.Contest):
    """Of the entrant two files, of which one was sent in, and words that never were."""

    def enter(self, by, day):
        with self.on_day(day):
            self.entries.append(with_more(self.challenge, by))


def with_more(challenge, by):
    one = contest.entry(challenge, by, "draft")
    attach(one)
    later = Attachment.objects.filter(pk=attach(one, "later.png", "red").pk)
    later.update(drafted=False)
    entries.submit(one, by=one.contact)
    later.update(drafted=True)
    # The database judges what is typed by its own clock, and what is sent in by its own moment.
    typed, sent = {"title": "Never sent", "plan": "Nor this"}, one.submitted_at
    Entry.objects.filter(pk=one.pk).update(typed=typed, submitted_at=sent - timedelta(seconds=1))
    Entry.objects.filter(pk=one.pk).update(submitted_at=sent)
    return Entry.objects.get(pk=one.pk)


@pytest.fixture
def made():
    """An entry that must be repaired."""
    made = WithMore("checking", None, [make.organisation()], "subsidy", contest.CRITERIA, {})
    made.until = clock.today() + timedelta(days=5)
    made.entry = made.entries[0]
    entries.ask_to_repair(made.entry, by=made.cleo, reason=ASKED, until=made.until)
    made.entry.refresh_from_db()
    return made


@pytest.fixture
def signed_in(client, made):
    return sign_in(client, made.entry.contact)


def page(client, entry, name="repair"):
    return client.get(reverse(f"challenges:entry_{name}", args=[entry.pk])).content.decode()


def post(client, entry, name="write", script=False, **said):
    entry.refresh_from_db()
    words = {"title": entry.title, "summary": entry.summary, "plan": entry.plan, **said}
    sent = {"seen": entry.version, "page": "a", "token": "t", **words}
    headers = {"Accept": "application/json"} if script else {}
    address = reverse(f"challenges:entry_{name}", args=[entry.pk])
    return client.post(address, sent, headers=headers)


def test_it_begins_from_what_was_sent_in(signed_in, made):
    text = page(signed_in, made.entry)
    assert ASKED in text
    assert made.entry.plan in text
    assert "route.jpg" in text
    for never_sent in ("Never sent", "Nor this", "later.jpg"):
        assert never_sent not in text


def test_it_keeps_itself_and_a_colleague_goes_on(signed_in, made):
    answer = post(signed_in, made.entry, script=True, plan="With half a map")
    assert answer.json()["seen"] == made.entry.version + 1
    colleague = make.member(made.entry.organisation, "writer", "Wim Writes")
    assert "With half a map" in page(sign_in(signed_in, colleague), made.entry, "write")
    assert (
        signed_in.get(reverse("challenges:entry_repair", args=[made.entry.pk])).status_code == 403
    )
    assert "With half a map" not in page(sign_in(signed_in, made.cleo), made.entry, "write")


def test_two_colleagues_never_overwrite_each_other_unseen(signed_in, made):
    seen = made.entry.version
    post(signed_in, made.entry, script=True, plan="From page a")
    answer = post(signed_in, made.entry, "repair", page="b", seen=seen, plan="From page b")
    assert answer.status_code == 409
    assert "From page a" in answer.content.decode()
    assert Entry.objects.get().state == "repair"


def test_a_file_is_taken_away_and_another_goes_along(signed_in, made):
    old = Attachment.objects.get(sent=True)
    assert post(signed_in, made.entry, drop=old.pk).url.endswith("/write/#files")
    assert "route.jpg" not in page(signed_in, made.entry)
    assert old.file.is_open_to(made.cleo)  # until the repair is sent
    answer = post(signed_in, made.entry, "repair", upload=picture("map.png"), plan="With a map")
    receipt = Submission.objects.latest("number")
    assert answer.url == receipt.get_absolute_url()
    said = json.loads(receipt.said)
    assert [file["name"] for file in said["files"]] == ["map.jpg"]
    assert (said["title"], said["plan"]) == (made.entry.title, "With a map")
    old.refresh_from_db()
    assert not old.file.is_open_to(made.cleo)
    one = Entry.objects.get()
    assert (one.state, one.typed, one.amount_cents) == ("submitted", {}, made.entry.amount_cents)


def test_once_it_is_sent_nothing_is_kept_any_more(signed_in, made):
    assert post(signed_in, made.entry, "repair").status_code == 302
    assert post(signed_in, made.entry, script=True, plan="Later").status_code == 409
    assert post(signed_in, made.entry, "repair", token="two", plan="Later").status_code == 409
    with pytest.raises(IntegrityError, match="entry_stands_from_the_deadline_on"):
        take_away(made.entry, Attachment.objects.get(sent=True).pk)


def test_it_waits_on_the_desk_and_on_the_page_of_the_entry(signed_in, made):
    desk = signed_in.get(reverse("desk")).content.decode()
    assert made.entry.get_absolute_url() in desk
    assert "Herstel jullie inzending" in desk
    entry = signed_in.get(made.entry.get_absolute_url()).content.decode()
    assert ASKED in entry
    assert reverse("challenges:entry_repair", args=[made.entry.pk]) in entry


def test_the_mail_says_what_and_until_when(made):
    mail = Notice.objects.mail().get(event__verb="entry.ask_to_repair")
    assert mail.recipient == made.entry.contact
    assert made.entry.repair_by_date == made.until


def after_its_day(entry):
    """As if it could be repaired until yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    Entry.objects.filter(pk=entry.pk).update(repair_by_date=yesterday)
    entry.refresh_from_db()


def test_after_its_day_a_repair_is_refused_and_what_was_typed_stays(signed_in, made):
    assert post(signed_in, made.entry, script=True, plan="With a map").status_code == 200
    after_its_day(made.entry)
    answer = post(signed_in, made.entry, "repair", plan="With a map")
    assert answer.status_code == 409
    one = Entry.objects.get()
    assert (one.state, one.typed["plan"]) == ("repair", "With a map")
    text = signed_in.get(made.entry.get_absolute_url()).content.decode()
    assert reverse("challenges:entry_repair", args=[one.pk]) not in text
    entries.exclude(one, by=made.cleo, reason="It was not repaired in time.")


def test_after_its_day_a_coordinator_lets_it_in_as_it_was_sent_in_or_keeps_it_out(signed_in, made):
    post(
        signed_in,
        made.entry,
        script=True,
        plan="Too late",
        drop=Attachment.objects.get(sent=True).pk,
    )
    made.entry.refresh_from_db()
    plan = made.entry.plan
    with pytest.raises(Missing, match="kan nog worden hersteld"):
        entries.admit(made.entry, by=made.cleo)
    after_its_day(made.entry)
    moves = {move.name for move in entries.moves.open_to(made.cleo, made.entry)}
    assert {"admit", "exclude"} <= moves
    entries.admit(made.entry, by=made.cleo)
    one = Entry.objects.get()
    assert (one.state, one.typed, one.plan, one.reason) == ("admitted", {}, plan, "")
    assert Attachment.objects.filter(sent=True, drafted=True).count() == 1


def test_postgresql_refuses_a_repair_after_its_day_and_takes_one_on_it(made):
    sent = made.entry.submissions.get()
    late = Submission(entry=made.entry, number=2, by=sent.by, said=sent.said, sha256=sent.sha256)
    late.at = clock.now()
    after_its_day(made.entry)
    with pytest.raises(IntegrityError, match="submission_repair_is_in_time"), transaction.atomic():
        late.save(force_insert=True)
    Entry.objects.filter(pk=made.entry.pk).update(repair_by_date=clock.today())
    entries.repair(Entry.objects.get(), by=made.entry.contact, plan="With a map")  # on the day


def test_a_coordinator_reads_before_and_after_of_a_repair_and_who_repaired_it_does_not(
    signed_in, made
):
    post(signed_in, made.entry, "repair", upload=picture("map.png"), plan="In a year we drive.")
    own = signed_in.get(made.entry.get_absolute_url()).content.decode()
    assert 'id="repaired"' not in own
    desk = sign_in(signed_in, made.cleo, second_factor=True)
    address = made.entry.get_absolute_url()
    check = reverse("challenges:check", args=[made.challenge.slug])
    assert f"{address}#repaired" in desk.get(check).content.decode()
    found = BeautifulSoup(desk.get(address).content, "html.parser").select("section .difference")
    assert len(found) == 2  # the plan, and the files; nothing else
    gone = "".join(one.get_text() for one in found[0].select("del"))
    assert "three thousand rides" in gone
    assert "map.jpg" in found[1].select_one("ins").get_text()


def test_a_changed_plan_of_a_finalist_who_never_repaired_is_no_repair():
    made = contest.contest("coaching", entrants=[make.organisation(), make.organisation()])
    Entry.objects.update(repairs=1)  # asked; it was excluded, and came back
    one = Entry.objects.get(pk=made.entries[0].pk)
    entries.change(one, by=one.contact, plan="We drive four thousand rides.")
    assert one.submissions.count() == 2
    assert repaired(one) == []


def raw(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgresql_lets_words_go_only_when_a_repair_is_asked():
    contest.contest("checking", entrants=[make.organisation()])
    asked = "UPDATE challenges_entry SET state = 'repair', typed = '{}'%s"
    for more in (", plan = 'Other words'", ", amount_cents = 1"):
        with pytest.raises(IntegrityError, match="entry_stands_from_the_deadline_on"):
            raw(asked % more)
    with pytest.raises(IntegrityError, match="entry_stands_from_the_deadline_on"):
        raw("""UPDATE challenges_entry SET state = 'repair', typed = '{"plan": "Late"}'""")
