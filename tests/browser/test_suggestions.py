"""Suggestions where they are read: beside an offer, beside a need, in a round; in both languages, at both widths."""

import pytest
from django.urls import reverse

from market.lifecycle import rounds
from market.lifecycle.suggesting import suggest_for
from market.restocking import refresh
from tests import make
from tests.staff import at_the_desk

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def kitchen(broodnodig):
    return make.offer(
        by=broodnodig, title="Lunch from our kitchen", reach_km=25, value_cents=960_000
    )


def in_both(path):
    bare = path.removeprefix("/en").removeprefix("/nl")
    return [bare, f"/en{bare}"]


def test_an_offer_and_a_need_say_what_fits_and_why(visit, enter, ada, noor, kitchen, lunch):
    refresh()
    suggest_for(lunch.pk)
    for person, thing in ((ada, kitchen), (noor, lunch)):
        enter(person)
        for path in in_both(thing.get_absolute_url()):
            page = visit(path)
            assert page.locator(".foryou").count() == 1
            page.locator(".foryou summary").click()


def test_a_round_reads_well_with_its_charts_and_lists(visit, enter, cleo, lekstede):
    for name in "abcdefgh":
        make.offer(title=f"Lunch van keuken {name}", nationwide=name < "d")
    for n in range(3):
        make.need(by=lekstede, title=f"Lunch voor zestig wijkbewoners op avond {n}")
    rounds.start(cleo)
    enter(at_the_desk(cleo))
    for path in in_both(reverse("admin:market_listing_round")):
        assert visit(path).locator("progress").count() == 1
    while rounds.go_on():
        pass
    for path in in_both(reverse("admin:market_listing_round")):
        page = visit(path)
        assert page.locator("svg[role=img]").count() == 2
        assert page.locator(".round__needs > li").count() == 3
