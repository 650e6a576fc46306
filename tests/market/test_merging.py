"""What happens on the market when two organisations become one."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from factory.contributions import gather
from factory.moves import Missing
from market.lifecycle import match as matches
from market.models import Impression, Listing, Match
from partners.lifecycle.merging import merge
from tests import make


@pytest.fixture
def twin(broodnodig):
    return make.organisation("Brood Nodig")


def parties(match):
    match.refresh_from_db()
    return match.buyer, match.organisation, match.state


def test_listings_and_matches_move_and_their_addresses_stay(client, cleo, broodnodig, twin, lunch):
    offer = make.offer(by=twin, title="Bread every day")
    match = make.match("introduced", need=lunch, supplier=twin, offer=offer)
    need = make.need(by=twin)
    bought = make.match("completed", need=need)
    merge(twin, by=cleo, into=broodnodig)
    assert {row.organisation for row in Listing.objects.filter(pk__in=[offer.pk, need.pk])} == {
        broodnodig
    }
    assert parties(match)[1:] == (broodnodig, "introduced")
    assert parties(bought)[0] == broodnodig
    assert client.get(offer.get_absolute_url()).status_code == 200


def test_what_is_half_written_moves_too(cleo, broodnodig, twin):
    draft = make.draft(by=twin, kind="offer", title="Half a loaf")
    merge(twin, by=cleo, into=broodnodig)
    draft.refresh_from_db()
    assert draft.organisation == broodnodig


def test_who_bought_moves_with_the_need(cleo, lekstede, lunch, match):
    other = make.organisation("Lekstede gemeente", "municipality", place="Nieuwegein")
    merge(lekstede, by=cleo, into=other)
    assert parties(match)[0] == other
    assert Impression.objects.filter(organisation=lekstede).count() == 0


def test_of_two_open_matches_for_one_need_the_further_one_goes_on(cleo, broodnodig, twin, lunch):
    far = make.match("introduced", need=lunch, supplier=twin)
    near = make.match("suggested", need=lunch, supplier=broodnodig)
    merge(twin, by=cleo, into=broodnodig)
    assert parties(far)[1:] == (broodnodig, "introduced")
    assert parties(near)[1:] == (broodnodig, "lapsed")
    assert near.reason == "merged"


def test_two_agreements_for_one_need_stand_in_the_way(cleo, broodnodig, twin, lekstede):
    need = make.need(by=lekstede, several=True, title="Bread for all")
    for supplier in (broodnodig, twin):
        make.match("agreed", need=need, supplier=supplier)
    with pytest.raises(Missing, match="Bread for all"):
        merge(twin, by=cleo, into=broodnodig)


@pytest.mark.parametrize("state", ["suggested", "approved", "introduced"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_match_with_itself_ends(cleo, broodnodig, twin, state, turned):
    buyer, supplier = (twin, broodnodig) if turned else (broodnodig, twin)
    match = make.match(state, need=make.need(by=buyer), supplier=supplier)
    merge(twin, by=cleo, into=broodnodig)
    assert parties(match) == (broodnodig, broodnodig, "lapsed")


@pytest.mark.parametrize("state", ["agreed", "disputed", "completed"])
def test_who_dealt_with_each_other_are_two(cleo, broodnodig, twin, state):
    make.match(state, need=make.need(by=broodnodig, title="Rolls"), supplier=twin)
    with pytest.raises(Missing, match="Rolls"):
        merge(twin, by=cleo, into=broodnodig)


def test_a_match_with_itself_is_not_looked_at_again(cleo, broodnodig, twin):
    match = make.match("dismissed", need=make.need(by=broodnodig), supplier=twin)
    merge(twin, by=cleo, into=broodnodig)
    match.refresh_from_db()
    with pytest.raises(Missing):
        matches.restore(match, by=cleo)


def test_what_was_put_aside_is_not_looked_at_again_beside_an_open_one(
    cleo, broodnodig, twin, lunch
):
    aside = make.match("dismissed", need=lunch, supplier=twin)
    make.match("approved", need=lunch, supplier=broodnodig)
    merge(twin, by=cleo, into=broodnodig)
    aside.refresh_from_db()
    with pytest.raises(Missing):
        matches.restore(aside, by=cleo)


def figures():
    """Every figure of the impact page that is about matches."""
    rows = Match.objects.completed().order_by("pk")
    return list(rows.values_list("pk", "realised_cents", "completed_at", "state"))


def test_what_counted_counts_as_before(cleo, broodnodig, twin, lunch):
    make.match("completed", need=lunch, supplier=twin, cents=55_000)
    make.match("completed", supplier=broodnodig, cents=44_000)
    before = figures()
    merge(twin, by=cleo, into=broodnodig)
    assert figures() == before


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_no_listing_and_no_match_comes_to_who_was_merged(cleo, broodnodig, twin, lunch):
    offer = make.offer(by=broodnodig)
    match = make.match("approved", need=lunch, supplier=broodnodig)
    merge(twin, by=cleo, into=broodnodig)
    for table, thing in (("market_listing", offer), ("market_match", match)):
        sql = f"UPDATE {table} SET organisation_id = %s WHERE id = %s"
        with pytest.raises(IntegrityError, match="was merged"):
            run(sql, twin.pk, thing.pk)
        run(sql, broodnodig.pk, thing.pk)


def test_a_match_that_goes_on_is_between_two(cleo, lunch, match):
    sql = "UPDATE market_match SET organisation_id = buyer_id WHERE id = %s"
    with pytest.raises(IntegrityError, match="match_is_between_two"):
        run(sql, match.pk)


def test_merging_costs_the_same_however_much_there_is(cleo):
    def cost(n):
        twin, stays = make.organisation(), make.organisation()
        for _n in range(n):
            make.match(offer=make.offer(by=twin))
            make.match(need=make.need(by=twin))
        with CaptureQueriesContext(connection) as found:
            merge(twin, by=cleo, into=stays)
        return len(found)

    assert cost(1) == cost(12)


def test_every_app_says_what_stands_in_the_way():
    for name in ("merge_stops", "merge_organisation"):
        told = {step.__module__.split(".")[0] for step in gather(name)}
        assert told == {"challenges", "market", "partners"}, name
