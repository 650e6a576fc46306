"""Things that go wrong after a decision, told over the real pages at a clock that moves.

One of five letters does not arrive: no term runs until it is sent anew, and its last day goes round Christmas. One
comes back weeks later: the term stops, and all are sent again. And the
day goes by on which it would be decided what becomes of a pilot: people are reminded, then everybody reads it.
"""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.models import Adoption, Challenge, Letter
from factory import clock
from factory.moves import make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.journeys.visitor import Visitor
from tests.moving_clock import moving_clock, set_ahead

DAY = timedelta(days=1)
TERM = 42  # days, of an objection


@pytest.fixture
def moved(db, postgres):
    with moving_clock(postgres):
        yield


class Days:
    """A clock that goes to a day, at noon, and does what is due then."""

    def __init__(self):
        self.start = clock.now()

    def go_to(self, day):
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        set_ahead((noon - self.start).total_seconds())
        make_due_moves()
        make_due_moves()


def before_christmas():
    """The day from which 42 days end on a Christmas that is far enough away."""
    today = clock.today()
    this, later = (date(year, 12, 25) - TERM * DAY for year in (today.year, today.year + 1))
    return this if this > today + 9 * DAY else later


def can_end_on(day):
    return day.weekday() < 5 and (day.month, day.day) not in {(12, 25), (12, 26), (1, 1)}


def press(visitor, address, **said):
    answer = visitor.client.post(address, said | {"token": address}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def mails(letter):
    about = {"event__thing_type": Letter.label(), "event__thing_id": letter.pk}
    return Notice.objects.mail().filter(**about)


def term(made):
    return Challenge.objects.get(pk=made.challenge.pk).term_ends_date


def test_one_of_five_letters_does_not_arrive_and_the_new_term_goes_round_a_holiday(moved):
    made = contest.contest("decided", entrants=[make.organisation() for _n in range(5)])
    days, last = Days(), before_christmas()
    days.go_to(last - 3 * DAY)
    cleo = Visitor().signs_in(made.cleo)
    press(cleo, reverse("challenges:move", args=[made.challenge.slug, "notify"]))
    *there, lost = Letter.objects.order_by("entry__number")
    for letter in there:
        mails(letter).update(status="sent", sent_at=clock.now())
    mails(lost).update(status="failed", answer="550 no such user")
    days.go_to(last - 2 * DAY)
    states = list(Letter.objects.order_by("entry__number").values_list("state", flat=True))
    assert states == ["out"] * 4 + ["refused"]
    assert term(made) is None
    cleo.open(reverse("challenges:deciding", args=[made.challenge.slug]))
    assert cleo.reads("Geweigerd door de mailserver")

    # Long after the others it goes to the same address again, and arrives on the day itself.
    days.go_to(last)
    again = reverse("challenges:letter_move", args=[lost.pk, "send_again"])
    press(cleo, again, recipient=lost.recipient_id)
    mails(lost).order_by("-pk").filter(status="waiting").update(status="sent", sent_at=clock.now())
    days.go_to(last)
    expected = last + TERM * DAY
    while not can_end_on(expected):
        expected += DAY
    assert term(made) == expected > last + TERM * DAY
    assert set(Letter.objects.values_list("state", flat=True)) == {"counting"}

    # It is not final on that day itself, and is on the next.
    days.go_to(expected)
    assert Challenge.objects.get(pk=made.challenge.pk).state == "notified"
    days.go_to(expected + DAY)
    assert Challenge.objects.get(pk=made.challenge.pk).state == "awarded"


def told(letter, since):
    """The mails that bring a letter and were made from a moment on."""
    brings = ["letter.write", "letter.repeat", "letter.send_again"]
    return mails(letter).filter(event__verb__in=brings, event__at__gte=since)


def sent(*letters):
    """The mail server takes what waits of these letters."""
    for letter in letters:
        mails(letter).filter(status="waiting").update(status="sent", sent_at=clock.now())


def diary(visitor, letter):
    """The last day as the entrant's calendar gets it: ``{name: value}``."""
    answer = visitor.client.get(reverse("challenges:letter_ics", args=[letter.pk]))
    lines = answer.content.decode().splitlines()
    return {name: value for name, colon, value in (line.partition(":") for line in lines) if colon}


def test_a_letter_comes_back_weeks_later_and_all_are_sent_again(moved):
    made = contest.contest("decided", entrants=[make.organisation() for _n in range(5)])
    days, today = Days(), clock.today()
    page = reverse("challenges:deciding", args=[made.challenge.slug])
    days.go_to(today + DAY)
    cleo = Visitor().signs_in(made.cleo)
    press(cleo, reverse("challenges:move", args=[made.challenge.slug, "notify"]))
    first, *_others, astray = letters = list(Letter.objects.order_by("entry__number"))
    sent(*letters)
    days.go_to(today + DAY)
    entrant = Visitor().signs_in(first.recipient)
    was = term(made)
    assert was >= today + DAY + TERM * DAY
    before = diary(entrant, first)

    # Three weeks later the owner of the last one rings: nothing ever arrived. The term stops for all.
    days.go_to(today + 22 * DAY)
    returned = reverse("challenges:letter_move", args=[astray.pk, "mark_returned"])
    press(cleo, returned, note="They rang: it was never there.")
    assert term(made) is None
    cleo.open(page)
    for words in ("Kwam terug", "They rang: it was never there.", "Wat je kunt doen"):
        assert cleo.reads(words), words
    entrant.open(first.get_absolute_url())
    assert entrant.reads("De termijn is niet begonnen")
    days.go_to(was + DAY)
    assert Challenge.objects.get(pk=made.challenge.pk).state == "notified"

    # Cleo sends all of them once more: every entrant gets a mail, at one moment. One is refused again.
    moment = clock.now()
    cleo.open(page)
    cleo.click("Verstuur alle brieven opnieuw")
    assert cleo.reads("Dit kun je niet terugdraaien")
    cleo.press("Verstuur alle brieven opnieuw")
    assert {letter.state for letter in Letter.objects.all()} == {"waiting"}
    assert len({letter.sent_at for letter in Letter.objects.all()}) == 1
    assert [told(letter, moment).count() for letter in letters] == [1] * 5
    assert len({told(letter, moment).get().next_at for letter in letters}) == 1
    sent(*letters[:-1])
    told(astray, moment).update(status="failed", answer="550 no such user")
    days.go_to(was + 2 * DAY)
    assert term(made) is None

    # It goes on paper, and the day on which it was handed over counts for everybody.
    handed = was + 4 * DAY
    days.go_to(handed)
    by_hand = reverse("challenges:letter_move", args=[astray.pk, "hand_over"])
    press(cleo, by_hand, handed_date=handed.isoformat(), note="By courier, signed for.")
    days.go_to(handed)
    expected = handed + TERM * DAY
    while not can_end_on(expected):
        expected += DAY
    assert term(made) == expected
    after = diary(entrant, first)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART;VALUE=DATE"] == f"{expected:%Y%m%d}" != before["DTSTART;VALUE=DATE"]
    days.go_to(expected + DAY)
    assert Challenge.objects.get(pk=made.challenge.pk).state == "awarded"


def heard(person):
    rows = Notice.objects.inbox(person).filter(event__thing_type=Adoption.label())
    return {row.template.rpartition("/")[2] for row in rows}


def test_the_day_of_the_promise_goes_by_in_silence(moved):
    made = contest.contest("running")
    days, due = Days(), made.challenge.adoption.due_date
    page = made.challenge.get_absolute_url()
    days.go_to(due - 200 * DAY)
    assert heard(made.owner) == heard(made.colleague) == set()
    days.go_to(due - DAY)
    assert heard(made.owner) == heard(made.colleague) == {"remind_owner_and_deputy"}
    visitor = Visitor().open(page)
    assert not visitor.reads("Besluit te laat")

    days.go_to(due + 60 * DAY)
    visitor.open(page)
    assert visitor.reads("Besluit te laat")
    assert visitor.reads(made.by.name)
    assert "run_late_owner_and_deputy" in heard(made.owner) & heard(made.colleague)
    owner = Visitor().signs_in(made.owner)
    adoption = Adoption.objects.get(challenge=made.challenge)
    press(
        owner,
        reverse("challenges:adoption_move", args=[adoption.pk, "decide"]),
        choice="adopt",
        reason="It works.",
    )
    visitor.open(page)
    assert not visitor.reads("Besluit te laat")
    assert visitor.reads("It works.")
