"""Two coordinators merge the same organisation at the same moment; and what merging leaves as it was."""

from datetime import date

import pytest

from factory.journal.models import Event
from factory.moves import Missing, NotNow
from factory.moves import move as kernel
from market.counting.closing import close_months
from market.figures import impact_figures
from market.figures.exact import exact_tables
from market.models import Match
from partners import impact
from partners.lifecycle.merging import merge
from partners.models import Membership, Organisation
from tests import make
from tests.market.test_impact import completed
from tests.market.test_two_at_once import at_once

REFUSED = (NotNow, Missing)


def merging(gone, into, by):
    """A coordinator about to merge the two as they last saw them."""

    def deed():
        return merge(Organisation.objects.get(pk=gone.pk), by=by, into=fresh(into))

    return deed


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def of(outcomes):
    """How many were made, and how many were told that it was too late."""
    made = sum(isinstance(outcome, Event) for outcome in outcomes)
    return made, sum(isinstance(outcome, REFUSED) for outcome in outcomes)


@pytest.fixture
def three(transactional_db, cleo):
    """Three entries of one bakery, each with an owner and a delivered order."""
    found = [make.organisation(f"Bakkerij {n}") for n in range(3)]
    for one in found:
        make.match("completed", supplier=one)
    return found


def test_of_two_merges_into_the_same_one_is_made(three, cleo):
    gone, stays, _third = three
    outcomes = at_once([merging(gone, stays, cleo), merging(gone, stays, make.coordinator())])
    assert of(outcomes) == (1, 1)
    assert Event.objects.about(gone).filter(verb="organisation.merge").count() == 1
    assert Match.objects.filter(organisation=stays).count() == 2
    assert Membership.objects.filter(organisation=stays).count() == 2


def test_into_two_different_ones_it_goes_to_one_of_them_whole(three, cleo):
    gone, one, other = three
    outcomes = at_once([merging(gone, one, cleo), merging(gone, other, make.coordinator())])
    assert of(outcomes) == (1, 1)
    into = fresh(gone).merged_into
    assert into in (one, other)
    assert sorted([one.supplied.count(), other.supplied.count()]) == [1, 2]
    assert into.supplied.count() == 2


def test_two_into_each_other_leave_one_of_them(three, cleo):
    one, other, _third = three
    outcomes = at_once([merging(one, other, cleo), merging(other, one, make.coordinator())])
    made, _late = of(outcomes)
    assert made == 1, outcomes
    states = sorted(fresh(thing).state for thing in (one, other))
    assert states == ["active", "merged"]
    stays = next(thing for thing in (one, other) if fresh(thing).state == "active")
    assert stays.supplied.count() == 2


def test_without_the_lock_nobody_is_told_that_it_was_too_late(three, cleo, monkeypatch):
    """The negative control: both get past the check, and the second runs into the database."""
    gone, one, other = three
    monkeypatch.setattr(kernel, "lock", lambda thing: None)
    outcomes = at_once([merging(gone, one, cleo), merging(gone, other, make.coordinator())])
    assert of(outcomes)[1] == 0


def test_the_impact_figures_are_the_same_before_and_after(cleo):
    with_days = [completed(year, 3) for year in (2024, 2025)]
    close_months()
    gone = with_days[0][0].organisation
    days = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31))
    merge(fresh(make.organisation()), by=cleo, into=make.organisation())  # what it costs alone
    before = [repr(impact_figures(day)) for day in days]
    exact = [repr(exact_tables(day)) for day in days]
    merge(fresh(gone), by=cleo, into=fresh(with_days[1][1].organisation))
    assert [repr(impact_figures(day)) for day in days] == before
    assert [repr(exact_tables(day)) for day in days] == exact


def test_how_many_partners_there_were_stays_for_days_before_it(cleo):
    gone, stays = (completed(2024)[0].organisation for _n in range(2))
    days = (date(2024, 12, 31), date(2025, 12, 31))
    before = [impact.by_kind(day) for day in days]
    assert before[0]["enterprise"] >= 2
    merge(fresh(gone), by=cleo, into=fresh(stays))
    assert [impact.by_kind(day) for day in days] == before
