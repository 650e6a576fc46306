"""All entrants hear at one moment; the term begins once every letter arrived; one that went astray is seen to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from challenges.lifecycle import announcing
from challenges.lifecycle import letter as letters
from challenges.models import Award, Challenge, Entry, Letter
from challenges.terms import last_day
from challenges.writing import term_days
from factory import clock
from factory.knowledge.models import Norm
from factory.moves import NotNow, make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Five entrants: two awards, one in the reserve, two without; decided, and nobody heard yet."""
    made = contest.contest("consensus", entrants=[make.organisation() for _ in range(5)])
    one, two, third, *_rest = made.entries
    said = {"report": "Read twice.", "findings": contest.findings(made.entries), "reserve": [third]}
    awards = [(one, 7_500_000), (two, 2_500_000)]
    contest.proposing.propose(made.challenge, by=made.cleo, awards=awards, **said)
    made.decide()
    return made


def mails(letter):
    return Notice.objects.mail().filter(
        event__thing_type="challenges.letter", event__thing_id=letter.pk
    )


def arrives(*found):
    for letter in found:
        mails(letter).update(status="sent", sent_at=clock.now())


def bounces(letter):
    mails(letter).update(status="failed", answer="550 no such user")


def term(made):
    return Challenge.objects.get(pk=made.challenge.pk).term_ends_date


def act(letter, move, made, **details):
    getattr(letters, move)(Letter.objects.get(pk=letter.pk), by=made.cleo, **details)


def test_all_hear_at_the_same_moment_with_their_own_outcome(made):
    made.notify()
    sent = Letter.objects.order_by("entry__number")
    assert [one.outcome for one in sent] == [
        "awarded", "awarded", "reserve", "not_awarded", "not_awarded",
    ]  # fmt: skip
    assert len({one.sent_at for one in sent}) == 1
    mail = Notice.objects.mail().filter(event__thing_type="challenges.letter")
    assert {one.recipient for one in mail} == {entry.contact for entry in made.entries}
    assert len({one.next_at for one in mail}) == 1
    assert sorted(Entry.objects.values_list("state", flat=True)) == [
        "awarded", "awarded", "not_awarded", "not_awarded", "reserve",
    ]  # fmt: skip


def test_a_letter_says_why_who_won_and_until_when(client, made):
    made.notify()
    third = Letter.objects.get(entry=made.entries[3])
    sign_in(client, made.entries[3].contact)
    text = client.get(third.get_absolute_url()).content.decode()
    for words in ("Close to the people.", "€\xa075.000", made.entries[0].organisation.name):
        assert words in text
    expected = last_day(clock.today(), 42)
    assert f"{expected.day} " in text
    assert third.last_date == expected
    answer = client.get(reverse("challenges:letter_pdf", args=[third.pk]))
    assert b"pdfuaid" in answer.content
    assert client.get(reverse("challenges:letter_pdf", args=[third.pk])).content == answer.content


def test_another_entrant_does_not_read_it(client, made):
    made.notify()
    sign_in(client, made.entries[0].contact)
    third = Letter.objects.get(entry=made.entries[3])
    for name in ("letter", "letter_pdf", "letter_ics"):
        assert client.get(reverse(f"challenges:{name}", args=[third.pk])).status_code == 404


def test_the_term_begins_when_the_last_letter_arrived(made):
    made.notify()
    *most, last = Letter.objects.all()
    arrives(*most)
    make_due_moves()
    assert term(made) is None
    arrives(last)
    make_due_moves()
    make_due_moves()
    assert term(made) == last_day(clock.today(), 42)
    assert set(Letter.objects.values_list("state", flat=True)) == {"counting"}
    told = Notice.objects.mail().filter(template="notices/letter/start_counting_the_recipient")
    assert told.count() == 5


def test_one_letter_that_bounces_stops_the_term_and_is_shown_in_red(client, made):
    made.notify()
    *most, last = Letter.objects.all()
    arrives(*most)
    bounces(last)
    make_due_moves()
    last.refresh_from_db()
    assert (last.state, term(made)) == ("refused", None)
    warned = Notice.objects.mail().filter(template="notices/letter/bounce_coordinators")
    assert made.cleo in {one.recipient for one in warned}
    sign_in(client, made.cleo)
    text = client.get(reverse("challenges:deciding", args=[made.challenge.slug])).content.decode()
    assert "state--late" in text
    assert "550 no such user" in text
    assert f"{last.get_absolute_url()}send_again/" in text
    assert f"{last.get_absolute_url()}hand_over/" in text


def test_it_goes_to_a_colleague_and_the_term_begins(made):
    colleague = make.member(made.entries[4].organisation, "editor", "Iris Second")
    made.notify()
    *most, last = Letter.objects.all()
    arrives(*most)
    bounces(last)
    make_due_moves()
    act(last, "send_again", made, recipient=colleague)
    assert mails(last).filter(recipient=colleague).count() == 1
    make_due_moves()
    assert term(made) is None
    arrives(last)
    make_due_moves()
    make_due_moves()
    assert term(made)


def test_on_paper_the_day_on_which_it_was_handed_over_counts(made):
    made.notify()
    *most, last = Letter.objects.all()
    arrives(*most)
    bounces(last)
    make_due_moves()
    day = clock.today() + timedelta(days=3)
    act(last, "hand_over", made, handed_date=day, note="By registered mail.")
    make_due_moves()
    assert term(made) == last_day(day, 42)


def test_the_last_day_is_reckoned_anew_over_a_holiday(made):
    made.notify()
    *most, last = Letter.objects.all()
    arrives(*most)
    bounces(last)
    make_due_moves()
    act(last, "hand_over", made, handed_date=date(2027, 2, 12), note="By registered mail.")
    make_due_moves()
    # Six weeks end on Good Friday; after the weekend comes Easter Monday.
    assert term(made) == date(2027, 3, 30)


def test_a_letter_that_comes_back_later_stops_the_term_for_all(made):
    made.notify()
    contest.arrive(made.challenge)
    one = Letter.objects.first()
    act(one, "mark_returned", made, note="They rang.")
    assert term(made) is None
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["out"] * 4 + ["returned"]
    told = Notice.objects.mail().filter(template="notices/letter/stop_counting_the_recipient")
    assert told.count() == 4
    announcing.send_all_again(made.challenge, by=made.cleo)
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}
    assert len(set(Letter.objects.values_list("sent_at", flat=True))) == 1


def test_awards_become_final_by_the_clock_after_the_last_day(made):
    made.notify()
    contest.arrive(made.challenge)
    with pytest.raises(NotNow):
        announcing.award(made.challenge)
    Challenge.objects.update(term_ends_date=clock.today())
    with pytest.raises(NotNow):
        announcing.award(made.challenge)
    Challenge.objects.update(term_ends_date=clock.today() - timedelta(days=1))
    make_due_moves()
    made.challenge.refresh_from_db()
    assert made.challenge.state == "awarded"
    assert set(Award.objects.values_list("state", flat=True)) == {"final"}


def test_no_award_ends_with_the_reason_of_the_jury():
    made = contest.contest("consensus", entrants=[make.organisation()])
    said = {"report": "Read.", "findings": contest.findings(made.entries)}
    contest.proposing.propose(
        made.challenge, by=made.cleo, no_award="Nobody said who pays.", **said
    )
    made.decide()
    made.notify()
    made.challenge.refresh_from_db()
    assert made.challenge.reason == ""
    contest.arrive(made.challenge)
    Challenge.objects.update(term_ends_date=clock.today() - timedelta(days=1))
    make_due_moves()
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.reason) == (
        "unsuccessful",
        "Nobody said who pays.",
    )


def test_the_last_day_for_the_diary_keeps_its_uid(client, made):
    made.notify()
    one = Letter.objects.first()
    sign_in(client, one.recipient)
    url = reverse("challenges:letter_ics", args=[one.pk])
    before = client.get(url).content.decode()
    contest.arrive(made.challenge)
    after = client.get(url).content.decode()
    uid = f"UID:challenges.letter-{one.pk}@"
    assert uid in before
    assert uid in after
    assert "SEQUENCE:1" in before
    assert f"DTSTART;VALUE=DATE:{term(made):%Y%m%d}" in after


def test_before_the_letters_go_the_coordinators_read_them(client, made):
    sign_in(client, made.cleo)
    page = client.get(reverse("challenges:deciding", args=[made.challenge.slug]))
    url = reverse("challenges:letter_preview", args=[made.challenge.slug, 1])
    assert url in page.content.decode()
    assert "€\xa075.000" in client.get(url).content.decode()
    assert not Letter.objects.exists()
    made.notify()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_an_entrant_does_not_read_it_before_the_letters_go(client, made, number):
    sign_in(client, made.entries[number - 1].contact)
    url = reverse("challenges:letter_preview", args=[made.challenge.slug, number])
    assert client.get(url).status_code == 404


def test_the_term_is_that_of_the_rules_kept_when_it_opened(made):
    Norm.objects.filter(code="objection-days").update(value=10)
    assert term_days(made.challenge) == 42
