"""The page of an organisation costs the same however many people, invitations and recognitions there are."""

from datetime import date

import pytest

from market.models import Match
from partners import lifecycle as organisations
from tests import make
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk

SIZES = (1, 3, 50)


def people(shop, size):
    while shop.memberships.confirmed().count() < size:
        make.member(shop, "editor")


def requests(shop, size):
    while shop.memberships.asked().count() < size:
        make.member(shop, "editor", confirmed=False)


def invitations(shop, size):
    while shop.invitations.count() < size:
        email = f"guest{shop.invitations.count()}@mail.example"
        organisations.invite(shop, by=shop.owner, email=email, role="editor")


def recognitions(shop, size):
    while shop.credentials.count() < size:
        make.credential(by=shop, days=100 + shop.credentials.count())


def listings(shop, size):
    while shop.listings.count() < size:
        make.offer(by=shop)


LISTS = [people, requests, invitations, recognitions, listings]


@pytest.mark.parametrize("more", LISTS)
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_it_costs_the_same_few_queries_at_any_size(client, cleo, more, who):
    shop = make.organisation("Shop")
    more(shop, SIZES[0])
    if who == "owner":
        client.force_login(shop.owner)
    costs = set()
    for size in SIZES:
        more(shop, size)
        costs.add(queries(client, shop.get_absolute_url()))
    assert len(costs) == 1, costs
    assert max(costs) <= {"visitor": 7, "owner": 10}[who]


@pytest.mark.parametrize("more", [people, invitations])
def test_a_buyers_own_page_costs_its_owner_no_more(client, cleo, lekstede, noor, more):
    client.force_login(noor)
    costs = set()
    for size in SIZES:
        more(lekstede, size)
        while lekstede.purchase_limits.count() < size:
            day = date(2000 + lekstede.purchase_limits.count(), 1, 1)
            lekstede.purchase_limits.create(cents=500_000, valid_from=day)
        costs.add(queries(client, lekstede.get_absolute_url()))
    assert len(costs) == 1, costs
    assert max(costs) <= 10


def test_ones_own_offer_costs_the_same_few_queries_at_any_size(client, cleo):
    shop = make.organisation("Shop")
    offer = make.offer(by=shop, title="Bread every day")
    client.force_login(shop.owner)
    costs = set()
    for size in SIZES:
        while offer.answered.count() < size:
            make.match("approved", offer=offer)
        costs.add(queries(client, offer.get_absolute_url()))
    assert len(costs) == 1, costs
    assert max(costs) <= 9  # one for what fits it


def test_exact_figures_cost_the_same_few_queries_at_any_size(cleo):
    costs, desk = set(), at_the_desk(cleo)
    for size in SIZES:
        while Match.objects.count() < size:
            make.match("agreed")
        costs.add(queries(desk, "/market/exact/"))
    assert len(costs) == 1, costs
    assert max(costs) <= 9
