"""Sectors that coordinators know to be close: an offer in the one partly fits a need in the other, and says so."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from factory.journal.models import Event
from market.lifecycle.learning import pair_up, part
from market.matching.ranking import parts, scores_in_its_sector, suppliers_for
from market.models import SectorPair
from tests import make
from tests.market.test_invariants import refused, sql
from tests.market.truth import Pair
from tests.staff import at_the_desk


@pytest.fixture
def need(lekstede):
    return make.need(by=lekstede, title="Lunch voor zestig wijkbewoners")


@pytest.fixture
def stage(cleo):
    """An offer of events, with no word of what the need asks."""
    return make.offer(title="Podium en licht", text="Wij bouwen op.", sector=make.sector("events"))


def the_pair():
    return SectorPair.objects.get(one__slug="catering", other__slug="events")


def test_an_offer_in_a_close_sector_is_suggested_with_a_true_reason(need, stage):
    (made,) = suppliers_for(need)
    assert made.offer == stage
    assert "close_sector" in {reason["code"] for reason in made.reasons}
    pair = Pair(need, made.organisation, made.offer)
    assert all(map(pair.holds, made.reasons))
    assert made.features["sector"] == the_pair().fit / 100


def test_it_says_so_in_both_languages(client, cleo, need, stage):
    from_page = at_the_desk(cleo)
    make.match(need=need, offer=stage, reasons=suppliers_for(need)[0].reasons)
    page = reverse("admin:market_listing_shortlist", args=[need.pk])
    assertContains(from_page.get(page), "Werkt in een sector dicht bij wat gevraagd wordt")


def test_without_the_pair_nothing_can_be_said_for_it(need, stage, cleo):
    part(the_pair(), by=cleo)
    assert suppliers_for(need) == []
    assert parts(need, stage.organisation, stage)["sector"] == 0.0


def test_the_same_sector_comes_first_and_alone_has_a_place_in_a_round(need, stage):
    same = make.offer(title="Taart", text="Wij bakken.")
    assert [made.offer for made in suppliers_for(need)] == [same, stage]
    assert set(scores_in_its_sector(need)) == {same.organisation_id}


def test_how_close_they_are_counts(need, stage, cleo):
    before = suppliers_for(need)[0].score
    pair = the_pair()
    pair.fit = 90
    pair_up(pair, by=cleo)
    assert suppliers_for(need)[0].score > before


def test_a_coordinator_looks_first_then_changes_and_the_journal_has_it(cleo, need, stage):
    desk = at_the_desk(cleo)
    one, other = make.sector("green"), make.sector("catering")
    add = reverse("admin:market_sectorpair_add")
    typed = {"one": max(one.pk, other.pk), "other": min(one.pk, other.pk), "fit": 40}
    assertContains(desk.post(add, typed | {"_preview": "1"}), "Er is nog niets bewaard")
    assert not SectorPair.objects.filter(fit=40, one__in=[one, other], other__in=[one, other])
    desk.post(add, typed)
    made = SectorPair.objects.get(one__in=[one, other], other__in=[one, other])
    assert made.one_id < made.other_id
    assert Event.objects.about(made).get().actor == cleo
    page = reverse("admin:market_sectorpair_delete", args=[made.pk])
    desk.post(page, {"post": "yes"})
    assert [event.verb for event in Event.objects.about(made).order_by("number")] == [
        "sectorpair.set",
        "sectorpair.drop",
    ]


def test_the_same_sector_twice_is_said_in_words(cleo):
    one = make.sector("green").pk
    page = at_the_desk(cleo).post(
        reverse("admin:market_sectorpair_add"), {"one": one, "other": one, "fit": 50}
    )
    assertContains(page, "Kies twee sectoren die verschillen.")


CHANGES = {
    "insert": "INSERT INTO market_sectorpair (one_id, other_id, fit) SELECT min(id), max(id), 50 FROM partners_sector",
    "update": "UPDATE market_sectorpair SET fit = 60 WHERE id = (SELECT min(id) FROM market_sectorpair)",
    "delete": "DELETE FROM market_sectorpair WHERE id = (SELECT min(id) FROM market_sectorpair)",
}


@pytest.mark.parametrize("how", CHANGES)
def test_postgresql_refuses_a_change_that_the_journal_does_not_hold(cleo, how):
    refused("without a journal entry", CHANGES[how])
    pair = the_pair()
    with transaction.atomic():
        pair_up(pair, by=cleo)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def pairs():
    first, second = SectorPair.objects.order_by("pk")[:2]
    return first, second


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("sector_pair_once", "one_id = (SELECT one_id FROM market_sectorpair WHERE id = {other}),"
         " other_id = (SELECT other_id FROM market_sectorpair WHERE id = {other})"),
        ("sector_pair_in_order", "one_id = other_id, other_id = one_id"),
        ("sector_pair_fits_partly", "fit = 100"),
    ],
)  # fmt: skip
def test_postgresql_holds_what_a_pair_is(cleo, name, wrong):
    first, second = pairs()
    change = f"UPDATE market_sectorpair SET {wrong.format(other=second.pk)} WHERE id = {first.pk}"
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        sql(change)
    with transaction.atomic():
        pair_up(first, by=cleo)
        assert sql(f"UPDATE market_sectorpair SET fit = 99 WHERE id = {first.pk}") == 1
