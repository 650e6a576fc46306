"""Two things that go wrong after a decision, told over the real pages at a clock that moves.

One of five letters does not arrive: no term runs until it is sent anew, and its last day goes round Christmas. And the
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
        set_ahead(0)
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
