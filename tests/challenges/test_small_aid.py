"""Whoever decides on a subsidy sees whether it stays small state aid, by what everybody may read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.models import Award
from challenges.outcome import standing_awards
from challenges.small_aid import small_aid
from factory import clock
from factory.knowledge.models import Norm
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
HOUSE = 20_000_000


@pytest.fixture
def house():
    return make.organisation("Buurtbus BV")


def given(house, state="awarded", days=10, **facts):
    """A subsidy of € 200.000 that this house was given so many days ago."""
    made = contest.contest(state, entrants=[house], envelope_cents=2 * HOUSE, **facts)
    Award.objects.filter(entry__organisation=house).update(
        decided_at=clock.now() - timedelta(days=days)
    )
    return made


def looked_at(house, **facts):
    """What is said of another challenge, in which it is to get € 200.000 more."""
    made = contest.contest("proposed", entrants=[house], envelope_cents=2 * HOUSE, **facts)
    return made, small_aid(made.challenge, list(standing_awards(made.challenge)))


def test_a_first_subsidy_stays_under_the_limit(house):
    _made, aid = looked_at(house)
    (row,) = aid["rows"]
    assert (row.now, row.before, row.is_over) == (HOUSE, 0, False)
    assert aid["limit"] == Norm.objects.value("de-minimis")
    assert "2023/2831" in aid["source"]


def test_what_was_given_here_within_three_years_adds_up(house):
    given(house)
    (row,) = looked_at(house)[1]["rows"]
    assert (row.before, row.is_over) == (HOUSE, True)


@pytest.mark.parametrize(
    "facts",
    [{"days": 3 * 365 + 1}, {"state": "decided"}, {"instrument": "prize"}],
    ids=["longer ago", "not public yet", "no subsidy"],
)
def test_what_does_not_count_is_left_out(house, facts):
    given(house, **facts)
    (row,) = looked_at(house)[1]["rows"]
    assert (row.before, row.is_over) == (0, False)


def test_it_does_not_matter_for_a_prize_nor_without_a_norm(house):
    assert looked_at(house, instrument="prize")[1] is None
    Norm.objects.filter(code="de-minimis").delete()
    assert looked_at(house)[1] is None


def test_it_stands_where_one_decides(house):
    given(house)
    made, _aid = looked_at(house)
    made.colleague.memberships.update(mandate_cents=2 * HOUSE)
    client = sign_in(Client(), made.colleague)
    page = reverse("challenges:deciding", args=[made.challenge.slug])
    for address in (page, f"{made.challenge.get_absolute_url()}decide/"):
        assertContains(client.get(address), "Boven de grens", 1)
    prize, _none = looked_at(house, instrument="prize")
    client = sign_in(Client(), prize.colleague)
    page = reverse("challenges:deciding", args=[prize.challenge.slug])
    assertNotContains(client.get(page), "staatssteun")
