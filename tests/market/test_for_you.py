"""For you: what on the board fits the reader's own organisation, with true reasons, and what never stands there."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from market.explaining import true_reasons
from market.lifecycle import match as matches
from market.lifecycle.learning import weigh
from market.models import Weighing
from market.pairing import reaches
from market.shelving import for_you
from tests import make
from tests.market.test_board import titles
from tests.market.test_views_queries import queries

BOARD = "/en/market/"


@pytest.fixture
def kitchen(broodnodig):
    """Broodnodig's offer of lunches, within 25 km of Utrecht."""
    return make.offer(
        by=broodnodig, title="Lunch from our kitchen", reach_km=25, value_cents=100_000
    )


@pytest.fixture
def ada_in(client, ada, broodnodig):
    client.force_login(ada)
    return client


def for_ada(client):
    return titles(client, "?you=1")


def test_a_need_that_fits_an_offer_carries_its_reasons(ada_in, kitchen, lunch):
    page = ada_in.get(BOARD).content.decode()
    assert "3 reasons for Broodnodig" in page
    assert "Delivers within 25 km; this is 7 km away" in page
    assert "Same sector: Catering and food" in page


def test_every_reason_that_is_shown_is_true_of_the_pair(ada, kitchen, lunch, broodnodig):
    you = for_you(ada)
    assert you.keys() == (lunch.pk,)
    assert you.fits[lunch.pk].reasons == true_reasons(lunch, broodnodig, kitchen)


def test_only_what_fits_stands_there_when_one_asks_for_it_the_best_first(
    ada_in, kitchen, lunch, lekstede
):
    near = make.need(by=make.organisation(kind="business"), title="Lunch from a kitchen near you")
    make.need(by=lekstede, title="Mowing", sector=make.sector("green"))
    assert for_ada(ada_in) == [near.title, lunch.title]
    assertContains(ada_in.get(f"{BOARD}?you=1"), "Fits Broodnodig")


@pytest.mark.parametrize(("part", "first"), [("near", 0), ("text", 1)])
def test_what_coordinators_chose_last_decides_what_comes_first(ada_in, cleo, kitchen, part, first):
    here = make.need(by=make.organisation(kind="business"), title="Soup")
    there = make.need(
        by=make.organisation(kind="business", place="Nieuwegein"), title="Lunch from a kitchen"
    )
    weigh({name: 0 for name in Weighing.PARTS} | {part: 10}, cleo, because="A trial.")
    assert for_ada(ada_in)[0] == [here.title, there.title][first]


def test_boxes_words_and_orders_narrow_what_fits_too(ada_in, kitchen, lunch, lekstede):
    make.need(by=lekstede, title="Soup", value_cents=50_000)
    assert titles(ada_in, "?you=1&q=soup") == ["Soup"]
    assert titles(ada_in, "?you=1&kind=offer") == []
    assert titles(ada_in, "?you=1&sort=value") == [lunch.title, "Soup"]


def test_a_need_too_far_or_of_another_size_is_not_for_you(ada_in, kitchen):
    make.need(by=make.organisation(place="Groningen"), title="Far lunch")
    make.need(by=make.organisation(place="Utrecht"), title="Huge lunch", value_cents=10_000_000)
    assert for_ada(ada_in) == []
    assertNotContains(ada_in.get(BOARD), 'class="foryou"')


def test_ones_own_needs_are_not_for_you(ada_in, kitchen, broodnodig):
    make.need(by=broodnodig, title="Flour")
    assert for_ada(ada_in) == []


@pytest.mark.parametrize(
    "state", ["approved", "declined", "dismissed", "introduced", "completed", "cancelled"]
)
def test_what_was_tried_before_is_not_for_you(ada_in, kitchen, lunch, broodnodig, state):
    make.match(state, need=lunch, offer=kitchen)
    assert lunch.title not in for_ada(ada_in)


def test_what_a_coordinator_still_thinks_about_tells_nothing(ada_in, kitchen, lunch):
    make.match("suggested", need=lunch, offer=kitchen)
    assert for_ada(ada_in) == [lunch.title]


def test_what_was_declined_by_somebody_else_is_still_for_you(ada_in, kitchen, lunch):
    make.match("declined", need=lunch)
    assert for_ada(ada_in) == [lunch.title]


def test_what_left_the_market_is_not_for_you(ada_in, kitchen, lunch, noor):
    make.listings.withdraw(lunch, by=noor)
    assert for_ada(ada_in) == []


def test_the_name_that_follows_later_is_in_no_reason(ada_in, kitchen, lekstede):
    make.need(by=lekstede, title="Cake", ask_me_first=True)
    page = ada_in.get(f"{BOARD}?you=1")
    assertContains(page, "Cake")
    assertNotContains(page, lekstede.name)


def test_where_a_hidden_need_lies_shows_in_no_reason_nor_in_how_far_an_offer_reaches(
    ada_in, broodnodig
):
    make.offer(by=broodnodig, title="Cake every day", reach_km=1)
    hidden = make.need(by=make.organisation(place="Amersfoort"), title="Cake", hides_name=True)
    page = ada_in.get(f"{BOARD}?you=1")
    assert page.context["total"] == 1  # the middle of the province counts, not Amersfoort
    assertContains(page, hidden.title)
    assertNotContains(page, "Amersfoort")
    assertNotContains(page, "km away")


def test_without_an_offer_the_profile_says_what_fits(client, cleo, lunch):
    baker = make.organisation(sectors=[make.sector("catering")], place="Utrecht")
    client.force_login(baker.owner)
    assert for_ada(client) == [lunch.title]
    assertContains(client.get(BOARD), "Works in this sector")
    assertNotContains(client.get(BOARD), "no offer")


def test_an_offer_is_for_who_asks_for_it(client, noor, lunch, kitchen):
    client.force_login(noor)
    assert for_ada(client) == [kitchen.title]
    assertContains(client.get(BOARD), "Fits your need “Lunch for sixty people”")


def test_an_offer_that_was_refused_is_not_for_you(client, noor, lunch, kitchen):
    match = make.match("approved", need=lunch, offer=kitchen)
    matches.decline(match, by=noor, reason="capacity")
    client.force_login(noor)
    assert for_ada(client) == []


def test_a_visitor_who_got_the_address_sees_the_whole_board(client, kitchen, lunch):
    assert len(for_ada(client)) == 2
    assertNotContains(client.get(f"{BOARD}?you=1"), "For you")


def test_who_is_in_no_organisation_pays_one_query_for_it(client, cleo, lunch):
    nobody, bystander = make.person(), make.organisation(sectors=[])
    client.force_login(nobody)
    alone = queries(client, BOARD)
    client.force_login(bystander.owner)
    assert alone <= 9
    assert queries(client, BOARD) <= alone + 6


def test_it_costs_the_same_for_one_three_and_fifty_rows(ada_in, kitchen, lekstede):
    costs = {"": set(), "?you=1": set()}
    for size in (1, 3, 50):
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        for address, found in costs.items():
            found.add(queries(ada_in, f"/market/{address}"))
    assert [len(found) for found in costs.values()] == [1, 1]
    assert max(costs[""]) <= 14
    assert max(costs["?you=1"]) <= 15


def test_it_costs_a_buyer_the_same_for_one_offer_and_for_thirty(client, noor, lunch, lekstede):
    client.force_login(noor)
    make.need(by=lekstede, title="Lunch again")
    costs, offers = {"": set(), "?you=1": set()}, 0
    for size in (1, 30):
        for _n in range(size - offers):
            make.offer(by=make.organisation(), title="Lunch")
        offers = size
        for address, found in costs.items():
            found.add(queries(client, f"/market/{address}"))
    assert [len(found) for found in costs.values()] == [1, 1]


def test_an_offer_reaches_a_need_as_the_suggestions_have_it(kitchen, lunch):
    assert reaches(kitchen, lunch)
    kitchen.reach_km = 5
    assert not reaches(kitchen, lunch)
    kitchen.reach_km = None
    assert reaches(kitchen, lunch)
    kitchen.province_id += 1
    assert not reaches(kitchen, lunch)
    kitchen.nationwide = True
    assert reaches(kitchen, lunch)
