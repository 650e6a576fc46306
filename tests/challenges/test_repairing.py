"""What was asked to be repaired: begun from what was sent in, kept while it is typed, files taken away, sent once."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from challenges.attaching import take_away
from challenges.lifecycle import entry as entries
from challenges.models import Attachment, Entry, Submission
from factory import clock
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
