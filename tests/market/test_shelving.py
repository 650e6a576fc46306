"""What fits is put ready by the worker; what was taken off, refused, tried or changed since never shows."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from market import restocking
from market.lifecycle import listing as listings
from market.lifecycle import refusing
from market.lifecycle.learning import weigh
from market.models import Listing, Shelf, Weighing
from market.restocking import refresh
from market.shelving import for_you
from partners import lifecycle as organisations
from partners.models import Organisation
from tests import make
from tests.market.test_board import titles
from tests.market.test_invariants import refused
from tests.market.test_views_queries import queries

BOARD = "/en/market/"


@pytest.fixture
def kitchen(broodnodig):
    """Broodnodig's offer of lunches, within 25 km of Utrecht."""
    return make.offer(
        by=broodnodig, title="Lunch from our kitchen", reach_km=25, value_cents=100_000
    )


@pytest.fixture
def shelf(kitchen, lunch, broodnodig):
    """Lekstede's lunch stands ready for Broodnodig."""
    refresh()
    return Shelf.objects.get(organisation=broodnodig)


@pytest.fixture
def unweighed(monkeypatch):
    """Nothing is weighed at a visit."""

    def weigh(you, listings):
        raise AssertionError("weighed at a visit")

    monkeypatch.setattr("market.foryou.ForYou.weigh", weigh)


@pytest.fixture
def ada_in(client, ada, broodnodig):
    client.force_login(ada)
    return client


def ready(person):
    return for_you(type(person).objects.get(pk=person.pk)).keys()


def test_the_shelf_says_what_a_visit_would_find(ada, kitchen, lunch, ada_in):
    weighed = for_you(ada)
    weighed.keys()
    page = ada_in.get(BOARD).content.decode()
    refresh()
    stored = for_you(type(ada).objects.get(pk=ada.pk))
    assert stored.keys() == tuple(weighed.fits) == (lunch.pk,)
    assert stored.shelved[lunch.pk][1].reasons == weighed.fits[lunch.pk].reasons
    for said in ("3 reasons for Broodnodig", "Delivers within 25 km; this is 7 km away"):
        assert said in page
        assertContains(ada_in.get(BOARD), said)


def test_who_only_writes_drafts_there_sees_what_fits_and_decides_nothing(
    shelf, client, broodnodig, lunch
):
    client.force_login(make.member(broodnodig, "writer", "Will Writer"))
    assert titles(client, "?you=1") == [lunch.title]
    assert client.get("/en/desk/").status_code == 200
    assertNotContains(client.get(BOARD), "Not for us")


def test_a_visit_weighs_nothing(shelf, unweighed, ada_in, lunch):
    assert titles(ada_in, "?you=1") == [lunch.title]
    assertContains(ada_in.get(BOARD), "3 reasons for Broodnodig")


def test_it_names_the_need_that_an_offer_fits(shelf, unweighed, client, noor, lunch, kitchen):
    client.force_login(noor)
    assert titles(client, "?you=1") == [kitchen.title]
    assertContains(client.get(BOARD), "Fits your need “Lunch for sixty people”")


LEAVES = {
    "withdraw": lambda lunch, noor, cleo: listings.withdraw(lunch, by=noor),
    "pause": lambda lunch, noor, cleo: listings.pause(
        lunch, by=noor, until=clock.today() + timedelta(days=3)
    ),
    "take_down": lambda lunch, noor, cleo: listings.take_down(lunch, by=cleo, because="Spam"),
    "suspend": lambda lunch, noor, cleo: organisations.suspend(
        lunch.organisation, by=cleo, note="Gone"
    ),
}


@pytest.mark.parametrize("how", LEAVES)
def test_what_left_the_market_shows_nowhere_at_once(
    shelf, unweighed, ada_in, ada, lunch, noor, cleo, how
):
    LEAVES[how](lunch, noor, cleo)
    assert titles(ada_in, "?you=1") == []
    assert ready(ada) == ()
    assertNotContains(ada_in.get(BOARD), lunch.title)


def test_what_was_refused_is_gone_at_once_and_back_when_it_is_taken_back(
    shelf, unweighed, ada, broodnodig, lunch
):
    refusing.refuse(lunch, broodnodig, by=ada, reason="distance")
    assert ready(ada) == ()
    refusing.take_refusal_back(lunch, broodnodig)
    assert ready(ada) == (lunch.pk,)


def test_what_was_tried_since_is_gone_at_once(shelf, unweighed, ada, lunch, kitchen):
    make.match("suggested", need=lunch, offer=kitchen)
    assert ready(ada) == (lunch.pk,)
    make.match("approved", need=lunch, supplier=make.organisation())
    assert ready(ada) == (lunch.pk,)
    make.matches.approve(lunch.matches.get(offer=kitchen), by=make.coordinator())
    assert ready(ada) == ()


def hide(lunch, noor):
    lunch = Listing.objects.get(pk=lunch.pk)
    names = ("title", "text", "sector", "region", "value_cents")
    facts = {name: getattr(lunch, name) for name in names}
    listings.revise(lunch, by=noor, hides_name=True, **facts)


def test_no_reason_outlives_the_words_it_was_about(shelf, unweighed, ada_in, ada, lunch, noor):
    hide(lunch, noor)
    assert ready(ada) == ()
    assertNotContains(ada_in.get(BOARD), "km away")


def test_once_it_is_put_ready_again_it_shows_as_it_is_now(shelf, ada_in, ada, lunch, noor):
    hide(lunch, noor)
    Listing.objects.filter(pk=lunch.pk).update(read_at=clock.now())
    assert refresh() >= 1
    assert ready(ada) == (lunch.pk,)
    assertNotContains(ada_in.get(BOARD), "km away")


@pytest.mark.parametrize("how", ["offer", "profile"])
def test_after_a_change_of_ones_own_it_is_weighed_anew(shelf, ada, broodnodig, kitchen, how):
    if how == "offer":
        listings.withdraw(kitchen, by=ada)
    else:
        type(broodnodig).objects.filter(pk=broodnodig.pk).update(mission="Repairs bicycles.")
    assert for_you(ada).shelved is None


def test_what_comes_new_makes_the_shelves_of_its_sector_due(shelf, lekstede, ada):
    assert refresh() == 0
    make.need(by=lekstede, title="Mowing", sector=make.sector("green"))
    assert Shelf.objects.get(organisation=shelf.organisation).made_at == shelf.made_at
    soup = make.need(by=lekstede, title="Lunch of soup")
    refresh()
    assert soup.pk in ready(ada)


def test_a_shelf_of_yesterday_is_due(shelf):
    Shelf.objects.update(made_at=clock.now() - timedelta(hours=25))
    assert refresh() == Shelf.objects.count()


def test_only_organisations_with_people_have_one(shelf, cleo):
    listed = make.listed("Bureau Zonder Mensen", "public")
    refresh()
    assert not Shelf.objects.filter(organisation=listed).exists()


def test_a_sweep_goes_on_while_there_is_time_and_does_a_few_in_any_case(shelf, monkeypatch):
    Shelf.objects.all().delete()
    monkeypatch.setattr(restocking, "A_FEW", 1)
    assert refresh(seconds=0) == Shelf.objects.count() == 1
    assert refresh(most=1) == 1
    assert Shelf.objects.count() == 2
    refresh()
    assert refresh() == 0


def test_what_changes_while_a_shelf_is_filled_makes_it_due_again(shelf, broodnodig, monkeypatch):
    Shelf.objects.all().delete()

    def interrupted(organisation, made_at):
        Organisation.objects.filter(pk=broodnodig.pk).update(read_at=clock.now())
        put_ready(organisation, made_at)

    put_ready = restocking.put_ready
    with monkeypatch.context() as patched:
        patched.setattr(restocking, "put_ready", interrupted)
        refresh()
    assert broodnodig.pk in {pk for _made_at, pk in restocking._due()}


def test_other_weights_let_every_shelf_be_made_anew(shelf, cleo, lunch):
    assert refresh() == 0
    before = shelf.fits[0]["score"]
    weigh({name: 0 for name in Weighing.PARTS} | {"sector": 10}, cleo, because="A trial.")
    assert refresh() > 0
    shelf.refresh_from_db()
    assert (shelf.fits[0]["score"], before < 1) == (1, True)


def test_the_board_of_a_member_costs_the_same_few_queries_at_any_size(ada_in, kitchen, lekstede):
    costs = {"": set(), "?you=1": set()}
    for size in (1, 3, 50):
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        Shelf.objects.all().delete()
        refresh()
        for address, found in costs.items():
            found.add(queries(ada_in, f"/market/{address}"))
    assert [len(found) for found in costs.values()] == [1, 1]
    assert max(costs[""]) <= 8
    assert max(costs["?you=1"]) <= 9


def test_it_holds_as_much_as_fits(kitchen, lekstede, broodnodig):
    sizes = []
    for size in (1, 30):
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        refresh()
        sizes.append(len(Shelf.objects.get(organisation=broodnodig).fits))
    assert sizes == [1, 30]


def test_postgresql_refuses_a_shelf_that_says_nothing_of_what_it_holds(shelf):
    change = "UPDATE market_shelf SET stamp = %s WHERE id = %s"
    refused("shelf_says_of_what_it_holds", change, "", shelf.pk)
    Shelf.objects.filter(pk=shelf.pk).update(stamp="another")
