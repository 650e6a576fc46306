"""Noon is the deadline, on the two Sundays on which the hour changes: at 12:00:00 one is in, at 12:00:01 one is not.

Each receipt proves when, also of what was sent in during the night's double or missing hour.
"""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from challenges.models import Submission
from factory import clock
from tests import contest, make
from tests.doors import sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTS = {  # half past one and half past two at night, in UTC 00:30 and 01:30
    3: ["01:30:00.000000+01:00", "03:30:00.000000+02:00"],
    10: ["02:30:00.000000+02:00", "02:30:00.000000+01:00"],
}


def last_sunday(month):
    """The latest Sunday on which the hour changed in this month, that is over: its noon."""
    today = clock.today()
    year = today.year if today > datetime(today.year, month, 31).date() else today.year - 1
    day = datetime(year, month, 31, 12, tzinfo=timezone.get_default_timezone())
    return day - timedelta(days=(day.weekday() + 1) % 7)


def begun(challenge, name):
    """A visitor on the page where their organisation writes."""
    place = make.organisation(name)
    entry = contest.entry(challenge, place, "draft")
    visitor = Visitor().signs_in(entry.contact)
    return visitor.open(reverse("challenges:entry_write", args=[entry.pk])), entry


@pytest.mark.parametrize("month", [3, 10])
def test_noon_is_in_and_a_second_later_is_not(month, monkeypatch):
    noon = last_sunday(month)
    monkeypatch.setattr(contest, "LATER", (clock.now() - noon).days + 31)
    made = contest.contest("open", deadline_at=noon)
    night = datetime(noon.year, noon.month, noon.day, 0, 30, tzinfo=UTC)
    with clock.replay(night):
        (ada, entry), (_eve, late) = (begun(made.challenge, name) for name in ("Ada BV", "Eve BV"))
    for at in (night, night + timedelta(hours=1), noon):
        with clock.replay(at):
            ada.open(reverse("challenges:entry_write", args=[entry.pk]))
            ada.press("Stuur het", plan=f"As it was at {at}")
            assert ada.reads("Jullie inzending is binnen")
    with clock.replay(noon + timedelta(seconds=1)):
        typed = {"title": "T", "summary": "S", "plan": "One second late", "amount_cents": "9"}
        answer = sign_in(Client(), late.contact).post(
            reverse("challenges:entry_submit", args=[late.pk]), typed
        )
    assert answer.status_code == 409
    assert "One second late" in answer.content.decode()
    receipts = Submission.objects.order_by("number")
    assert {one.entry for one in receipts} == {entry}
    assert [one.exact.split(" ")[1] for one in receipts] == [
        *NIGHTS[month],
        noon.strftime("12:00:00.000000+0{0}:00").format(2 if month == 3 else 1),
    ]
    for one in receipts:
        ada.open(one.get_absolute_url())
        assert ada.reads(one.exact)
        assert ada.reads(one.sha256)
        said = ada.client.get(reverse("challenges:receipt_said", args=[entry.pk, one.number]))
        assert hashlib.sha256(said.content).hexdigest() == one.sha256
