"""A need due next Thursday: the clocks follow its date, and nothing waits for a person who does not answer."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from factory import clock
from factory.journal.models import Event
from factory.moves import make_due_moves
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Match
from tests import make

pytestmark = pytest.mark.django_db
FRIDAY = date(2027, 3, 5)
THURSDAY = FRIDAY + timedelta(days=6)


def at(day, hour=10):
    """Let it be this hour of this day for everything that asks the clock."""
    return clock.replay(timezone.make_aware(datetime.combine(day, time(hour))))


def after_friday(days):
    return FRIDAY + timedelta(days=days)


@pytest.fixture
def asked(cleo, lekstede, broodnodig):
    """On Friday morning a coordinator asks Broodnodig for lunch on Thursday."""
    with at(FRIDAY):
        need = make.need(by=lekstede, title="Lunch on Thursday", needed_by_date=THURSDAY)
        match = make.match(need=need, supplier=broodnodig)
        matches.approve(match, by=cleo)
    return Match.objects.get(pk=match.pk)


def on(day, match, hour=10):
    """What the clock does on this day, and how the match stands then."""
    with at(day, hour):
        make_due_moves()
    return Match.objects.get(pk=match.pk)


def nudges(match):
    return Event.objects.about(match).filter(verb="match.nudge").count()


def called_about(match):
    """The day from which it stands on the coordinators' call list."""
    return timezone.localdate(match.call_at)


def test_the_clocks_follow_the_date(asked, ada):
    assert nudges(on(after_friday(1), asked)) == 0  # Saturday: offices are closed
    monday, tuesday, wednesday = (after_friday(n) for n in (3, 4, 5))
    assert nudges(on(monday, asked)) == 1
    assert nudges(on(tuesday, asked)) == 2
    assert nudges(on(wednesday, asked)) == 2
    assert called_about(asked) == wednesday
    assert on(THURSDAY, asked, hour=18).state == Match.State.APPROVED
    over = on(after_friday(7), asked)
    assert (over.state, over.reason) == (Match.State.LAPSED, Match.Reason.NO_REPLY)
    nudged = Notice.objects.filter(recipient=ada, event__verb="match.nudge", channel="inbox")
    assert nudged.count() == 2


def test_a_yes_stops_the_clocks(asked, ada):
    with at(after_friday(3)):
        matches.accept(Match.objects.get(pk=asked.pk), by=ada)
    for days in (3, 4, 5, 7):
        assert on(after_friday(days), asked).state == Match.State.INTRODUCED
    assert nudges(asked) == 0


def test_a_clock_that_stood_still_catches_up_in_order(asked):
    """Nobody ran the clock until Friday after: what is late does not come after the end."""
    over = on(after_friday(7), asked)
    over = on(after_friday(7), over)
    assert over.state == Match.State.LAPSED
    verbs = [event.verb for event in Event.objects.about(over)]
    assert verbs.index("match.lapse") == len(verbs) - 1


def test_without_haste_the_clocks_are_calm(cleo, lekstede, broodnodig):
    with at(FRIDAY):
        need = make.need(by=lekstede, needed_by_date=FRIDAY + timedelta(days=60))
        match = make.match(need=need, supplier=broodnodig)
        matches.approve(match, by=cleo)
    assert nudges(on(after_friday(4), match)) == 0
    assert nudges(on(after_friday(5), match)) == 1
