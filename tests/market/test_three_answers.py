"""A buyer gets three answers within a day: measured from the moments of the answers, counted by hand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from factory import clock
from market.figures import coordinator_figures
from market.lifecycle import match as matches
from partners.models import Region
from tests import make

HERE = ZoneInfo("Europe/Amsterdam")
TUESDAY, FRIDAY = datetime(2026, 9, 8, 10, tzinfo=HERE), datetime(2026, 9, 11, 16, tzinfo=HERE)


def at(moment, hours=0):
    return clock.replay(moment + timedelta(hours=hours))


def need_of(moment, **facts):
    with at(moment):
        return make.need(**facts)


def answer(need, moment, hours, move="accept", **details):
    """A supplier that was asked at once answers after so many hours."""
    with at(moment):
        met = make.match("approved", need=need)
    with at(moment, hours):
        getattr(matches, move)(met, by=met.organisation.memberships.get().person, **details)
    return met


@pytest.fixture
def three(cleo):
    def rows(**how):
        blocks = coordinator_figures(cleo, **how)
        block = next(block for block in blocks if block["key"] == "three")
        return block | {"rows": list(block["rows"])}

    return rows


def test_three_answers_within_24_hours_count_yes_and_no(three):
    quick, slow = need_of(TUESDAY), need_of(TUESDAY)
    for hours in (1, 5):
        answer(quick, TUESDAY, hours)
        answer(slow, TUESDAY, hours)
    answer(quick, TUESDAY, 23, "decline", reason="capacity")
    answer(slow, TUESDAY, 25)
    block = three()
    assert block["rows"] == [("K3 2026", 2, 5, "1 (50%)", "1 (50%)")]
    assert [bar["value"] for bar in block["bars"]] == [50]


def test_a_need_of_a_friday_has_until_the_same_hour_of_monday(three):
    need = need_of(FRIDAY)
    for hours in (2, 65, 71):
        answer(need, FRIDAY, hours)
    late = need_of(FRIDAY)
    for hours in (2, 65, 73):
        answer(late, FRIDAY, hours)
    assert three()["rows"] == [("K3 2026", 2, 2, "0 (0%)", "1 (50%)")]


def test_what_the_buyer_says_is_no_answer_and_silence_is_none(three):
    need = need_of(TUESDAY)
    with at(TUESDAY):
        met = make.match("approved", need=need)
    with at(TUESDAY, 1):
        matches.decline(met, by=need.contact, reason="elsewhere")
    make.match("lapsed", need=need)
    assert three()["rows"] == [("K3 2026", 1, 0, "0 (0%)", "0 (0%)")]


def test_a_need_whose_day_is_not_over_waits(three):
    need_of(clock.now() - timedelta(hours=3))
    assert three()["rows"] == []


def test_only_of_the_provinces_of_the_coordinator(three, cleo):
    Region.objects.get(code="PV20").coordinators.add(cleo)
    need_of(TUESDAY)
    assert three()["rows"] == []
    assert len(three(everywhere=True)["rows"]) == 1
