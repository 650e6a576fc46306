"""An entry is begun once, kept while colleagues type, sent in with a receipt, replaced and withdrawn."""

import hashlib
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from challenges.lifecycle import entry as entries
from challenges.lifecycle import opening
from challenges.models import Entry, Submission
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Ride along",
    "summary": "Volunteers drive.",
    "plan": "Three thousand rides.",
    "amount_cents": "50.000",
}


@pytest.fixture
def challenge():
    return contest.challenge("open")


@pytest.fixture
def signed_in(client, ada, broodnodig):
    return sign_in(client, ada)


def begun(challenge, by):
    return contest.entry(challenge, by, state="draft")


def write(client, entry, page="a", seen=None, script=False, **typed):
    seen = entry.version if seen is None else seen
    headers = {"Accept": "application/json"} if script else {}
    address = reverse("challenges:entry_write", args=[entry.pk])
    return client.post(address, {**WORDS, **typed, "page": page, "seen": seen}, headers=headers)


def send_in(client, entry, page="a", seen=None, form="t", **typed):
    entry.refresh_from_db()
    seen = entry.version if seen is None else seen
    address = reverse("challenges:entry_submit", args=[entry.pk])
    return client.post(address, {**WORDS, **typed, "page": page, "seen": seen, "token": form})


def test_a_double_click_begins_one_entry(signed_in, challenge, broodnodig):
    address = reverse("challenges:enter", args=[challenge.slug])
    facts = {"organisation": broodnodig.pk, "token": "one"}
    answers = [signed_in.post(address, facts) for _press in range(3)]
    entry = Entry.objects.get()
    assert {answer.url for answer in answers} == {
        reverse("challenges:entry_write", args=[entry.pk])
    }
    assert signed_in.post(address, facts | {"token": "two"}).url == answers[0].url
    assert Entry.objects.count() == 1


def test_one_chooses_for_which_organisation(signed_in, challenge, ada, broodnodig):
    other = make.organisation("Soep en Co", owner=ada)
    address = reverse("challenges:enter", args=[challenge.slug])
    assert b'type="radio"' in signed_in.get(address).content
    signed_in.post(address, {"organisation": other.pk, "token": "one"})
    assert Entry.objects.get().organisation == other


def test_who_owns_the_challenge_or_was_not_checked_does_not_begin(challenge):
    for place in (challenge.organisation, make.organisation(state="applied")):
        with pytest.raises(Missing):
            contest.entry(challenge, place, state="draft")


def test_what_is_typed_is_kept_and_a_colleague_goes_on(signed_in, challenge, broodnodig):
    entry = begun(challenge, broodnodig)
    answer = write(signed_in, entry, script=True, title="Half a plan", amount_cents="12,")
    assert answer.json()["seen"] == entry.version + 1
    ben = make.member(broodnodig, "writer", "Ben Second")
    page = sign_in(signed_in, ben).get(answer.json()["url"]).content.decode()
    assert "Half a plan" in page
    assert "12," in page


def test_two_colleagues_never_overwrite_each_other_unseen(signed_in, challenge, broodnodig):
    entry = begun(challenge, broodnodig)
    write(signed_in, entry, page="a", plan="From page a", script=True)
    answer = write(signed_in, entry, page="b", plan="From page b", script=True)
    assert answer.status_code == 409
    page = write(signed_in, entry, page="b", plan="From page b")
    assert page.status_code == 409
    assert "From page a" in page.content.decode()
    assert "From page b" in page.content.decode()
    assert send_in(signed_in, entry, page="b", seen=entry.version - 1).status_code == 409
    assert Entry.objects.get().typed["plan"] == "From page a"


def test_sending_in_gives_a_receipt_of_these_words(signed_in, challenge, broodnodig, ada):
    entry = begun(challenge, broodnodig)
    answer = send_in(signed_in, entry)
    receipt = Submission.objects.get()
    assert answer.url == receipt.get_absolute_url()
    page = signed_in.get(answer.url).content.decode()
    assert receipt.sha256 in page
    assert receipt.exact in page
    said = signed_in.get(f"{answer.url.rstrip('/')}.json")
    assert hashlib.sha256(said.content).hexdigest() == receipt.sha256
    mail = Notice.objects.mail().filter(recipient=ada, event__verb="entry.hand_receipt")
    assert mail.count() == 1


def test_sending_in_twice_with_one_form_is_once(signed_in, challenge, broodnodig):
    entry = begun(challenge, broodnodig)
    seen = entry.version
    answers = {send_in(signed_in, entry, seen=seen).url for _press in range(3)}
    assert answers == {Submission.objects.get().get_absolute_url()}


def test_what_was_sent_in_stays_valid_while_newer_words_are_written(
    signed_in, challenge, broodnodig
):
    entry = contest.entry(challenge, broodnodig)
    write(signed_in, entry, plan="A newer plan")
    entry.refresh_from_db()
    assert (entry.plan, entry.typed["plan"]) == (
        "In a year we drive three thousand rides.",
        "A newer plan",
    )
    send_in(signed_in, entry, plan="A newer plan")
    entry.refresh_from_db()
    assert (entry.plan, entry.typed) == ("A newer plan", {})
    assert [s.number for s in entry.submissions.all()] == [1, 2]
    assert entry.receipt == entry.submissions.last().sha256


def test_more_than_the_envelope_is_refused_with_the_text_kept(signed_in, challenge, broodnodig):
    entry = begun(challenge, broodnodig)
    answer = send_in(signed_in, entry, amount_cents="100.001", plan="Kept words")
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("state", ["open", "closed"])
def test_after_the_deadline_nothing_of_the_text_is_lost(signed_in, broodnodig, state):
    made = contest.contest("open", deadline_at=clock.now() + timedelta(seconds=6))
    entry = begun(made.challenge, broodnodig)
    while clock.now() <= made.challenge.deadline_at:
        time.sleep(0.1)
    if state == "closed":
        opening.close(made.challenge)
    answer = send_in(signed_in, entry, plan="Too late words", seen=entry.version)
    saved = write(signed_in, entry, plan="Too late words")
    assert (answer.status_code, saved.status_code) == (409, 409)
    assert "Too late words" in answer.content.decode()
    assert "Too late words" in saved.content.decode()
    assert not Submission.objects.exists()


def test_it_is_withdrawn_and_begun_anew(signed_in, challenge, broodnodig, ada):
    entry = contest.entry(challenge, broodnodig)
    entries.withdraw(entry, by=ada)
    assert contest.entry(challenge, broodnodig).number == entry.number + 1


def test_a_writer_writes_and_does_not_send_in(client, challenge, broodnodig):
    entry = begun(challenge, broodnodig)
    writer = sign_in(client, make.member(broodnodig, "writer", "Wim Writes"))
    assert write(writer, entry, plan="By Wim").status_code == 302
    assert send_in(writer, entry).status_code == 403
    viewer = sign_in(client, make.member(broodnodig, "viewer", "Vic Views"))
    assert write(viewer, entry).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_whatever_the_number(
    signed_in, challenge, broodnodig, number, django_assert_max_num_queries
):
    entry = contest.entry(challenge, broodnodig)
    for n in range(number):
        send_in(signed_in, entry, form=f"t{n}", plan=f"Plan {n}")
    for name in ("entry", "entry_write"):
        with django_assert_max_num_queries(16):
            signed_in.get(reverse(f"challenges:{name}", args=[entry.pk]))
