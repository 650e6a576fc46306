"""How an offer did: for its own people, in neutral words, and nothing of fewer than three."""

from datetime import timedelta

import pytest

from factory import clock
from market.figures.offers import how_it_did
from market.lifecycle import match as matches
from market.models import Match
from tests import make


@pytest.fixture
def bread(broodnodig):
    return make.offer(by=broodnodig, title="Bread every day")


def ended(offer, reason, times, state="declined", by="buyer"):
    """So many matches of this offer that ended with this reason; a no is the buyer's."""
    for _n in range(times):
        if state == "declined":
            match = make.match("introduced", offer=offer)
            side = match.buyer if by == "buyer" else match.organisation
            matches.decline(match, by=make._owner(side), reason=reason)
        else:
            match = make.match(state, offer=offer)
            Match.objects.filter(pk=match.pk).update(reason=reason)


def test_it_counts_suggested_asked_and_chosen(bread):
    for state in ("suggested", "approved", "agreed", "completed", "disputed"):
        make.match(state, offer=bread)
    assert [number for _words, number in how_it_did(bread)["facts"]] == ["5", "4", "3"]


def test_reasons_of_three_and_more_are_told_and_the_rest_is_folded(bread):
    ended(bread, "price", 3)
    ended(bread, "distance", 2)
    ended(bread, "no_fit", 3, state="dismissed")
    ended(bread, "capacity", 3, by="supplier")
    told = [(str(words), number) for words, number in how_it_did(bread)["why"]]
    assert told == [("de prijs", "3"), ("andere redenen", "minder dan drie")]


def test_what_is_folded_together_is_counted_together(bread):
    ended(bread, "price", 2)
    ended(bread, "distance", 2)
    assert [number for _words, number in how_it_did(bread)["why"]] == ["4"]


def test_one_or_two_are_said_as_fewer_than_three(bread):
    ended(bread, "price", 2)
    did = how_it_did(bread)
    assert did["facts"][0][1] == "minder dan drie"
    assert [number for _words, number in did["why"]] == ["minder dan drie"]


def test_without_an_ending_there_is_no_why(bread):
    assert how_it_did(bread)["why"] == []


def test_what_is_longer_ago_than_a_year_does_not_count(bread):
    match = make.match("suggested", offer=bread)
    Match.objects.filter(pk=match.pk).update(created_at=clock.now() - timedelta(days=370))
    assert how_it_did(bread)["facts"][0][1] == "0"


def test_its_own_people_alone_see_it(client, bread, ada, vera, dan):
    for person, sees in ((ada, True), (vera, True), (dan, False), (None, False)):
        client.logout()
        if person:
            client.force_login(person)
        page = client.get(f"/en/market/{bread.slug}/").content.decode()
        assert ("Your offer in the last twelve months" in page) is sees


def test_the_page_costs_the_same_for_one_and_for_many(
    client, bread, ada, django_assert_max_num_queries
):
    client.force_login(ada)
    for _n in range(2):
        ended(bread, "price", 2)
        client.get(bread.get_absolute_url())
        with django_assert_max_num_queries(15):
            client.get(bread.get_absolute_url())
