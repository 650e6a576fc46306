"""What somebody saw is kept when they see it, once; and what the site brings up by itself is no more than so much."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from market.explaining import true_reasons
from market.lifecycle import refusing
from market.lifecycle.suggesting import suggest_for
from market.matching.ranking import parts
from market.models import Impression, NotForUs, Shelf
from market.restocking import refresh
from tests import make
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk

SIZES = (1, 3, 50)


@pytest.fixture
def kitchen(broodnodig):
    return make.offer(
        by=broodnodig, title="Lunch from our kitchen", reach_km=25, value_cents=100_000
    )


@pytest.fixture
def shelf(kitchen, lunch, broodnodig):
    """Lekstede's lunch stands ready for Broodnodig."""
    refresh()
    return Shelf.objects.get(organisation=broodnodig)


@pytest.fixture
def ada_in(client, ada):
    client.force_login(ada)
    return client


def in_english(thing):
    return f"/en{thing.get_absolute_url().removeprefix('/en')}"


def page(client, thing):
    return client.get(in_english(thing))


def seen():
    return Impression.objects.exclude(shown_for=None)


# Beside one's own offer


def test_the_page_of_ones_own_offer_shows_needs_with_true_reasons(ada_in, shelf, kitchen, lunch):
    text = page(ada_in, kitchen)
    assertContains(text, "Needs that fit this offer")
    assertContains(text, lunch.title)
    assertContains(text, "3 reasons for Broodnodig")
    (row,) = shelf.answers[str(kitchen.pk)]
    assert row["reasons"] == true_reasons(lunch, kitchen.organisation, kitchen)


def test_only_its_own_people_see_them_there(client, shelf, kitchen, lunch, noor, cleo):
    for somebody in (None, noor):
        if somebody:
            client.force_login(somebody)
        assertNotContains(page(client, kitchen), "Needs that fit this offer")
    assert not seen().filter(shown_for=kitchen.organisation).exists()


def test_a_need_stands_beside_every_offer_it_fits(ada_in, shelf, kitchen, lunch, broodnodig):
    other = make.offer(by=broodnodig, title="Lunch of bread", reach_km=25)
    far = make.offer(by=make.organisation(place="Groningen"), title="Lunch")
    refresh()
    answers = Shelf.objects.get(organisation=broodnodig).answers
    assert {key: [row["need"] for row in rows] for key, rows in answers.items()} == {
        str(kitchen.pk): [lunch.pk],
        str(other.pk): [lunch.pk],
    }
    assert str(far.pk) not in answers
    assertContains(page(ada_in, other), lunch.title)


def test_not_for_us_is_one_press_there_and_can_be_taken_back(ada_in, shelf, kitchen, lunch, ada):
    assertContains(page(ada_in, kitchen), f'value="{lunch.slug}:distance"')
    back = in_english(kitchen)
    press = {"because": f"{lunch.slug}:distance", "next": back}
    text = ada_in.post("/en/market/not-for-us/", press, follow=True)
    assertContains(text, "No open need fits now")
    assertContains(text, f'name="undo" value="{lunch.slug}"')
    kept = seen().get()
    assert (kept.decision, kept.reason) == ("not_for_us", "distance")


def test_who_looks_on_reads_them_without_the_buttons(client, shelf, kitchen, lunch, vera):
    client.force_login(vera)
    assertContains(page(client, kitchen), lunch.title)
    assertNotContains(page(client, kitchen), "Not for us, because …")


def test_until_it_is_ready_the_page_says_so(ada_in, kitchen, lunch):
    assertContains(page(ada_in, kitchen), "Look again in a minute")


def test_what_left_the_market_is_not_there(ada_in, shelf, kitchen, lunch, noor):
    make.listings.withdraw(lunch, by=noor)
    assertNotContains(page(ada_in, kitchen), lunch.title)


def test_its_page_costs_the_same_few_queries_at_any_size(ada_in, kitchen, lekstede):
    costs = set()
    for size in SIZES:
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        Shelf.objects.all().delete()
        refresh()
        costs.add(queries(ada_in, kitchen.get_absolute_url()))
    assert len(costs) == 1
    assert max(costs) <= 14  # as the page of a listing costs who decides for an organisation


# On the page of one's own need


def test_the_buyer_reads_why_and_says_no_in_one_press(client, noor, lunch, kitchen, broodnodig):
    (match,) = suggest_for(lunch.pk)
    client.force_login(noor)
    assertContains(page(client, lunch), "Delivers within 25 km; this is 7 km away")
    press = {"because": f"{kitchen.slug}:price", "next": "/en/market/"}
    client.post("/en/market/not-for-us/", press)
    match.refresh_from_db()
    assert (match.state, match.reason) == ("lapsed", "not_for_us")
    assert NotForUs.objects.filter(organisation=lunch.organisation, listing=kitchen).exists()


def test_who_has_no_offer_is_turned_away_for_this_need(client, noor, lunch, cleo):
    baker = make.organisation(sectors=[make.sector()], mission="Wij bakken brood voor elke lunch.")
    (match,) = suggest_for(lunch.pk)
    assert (match.organisation, match.offer) == (baker, None)
    client.force_login(noor)
    assertContains(page(client, lunch), f'value="@{match.pk}:price"')
    press = {"because": f"@{match.pk}:price", "next": "/en/market/"}
    client.post("/en/market/not-for-us/", press)
    match.refresh_from_db()
    assert (match.state, match.reason) == ("dismissed", "price")
    kept = Impression.objects.get(need=lunch)
    assert (kept.decision, kept.reason) == ("not_for_us", "price")
    assert suggest_for(lunch.pk) == []
    assert client.post("/en/market/not-for-us/", press).status_code == 404


def test_nobody_else_turns_them_away(client, ada, vera, lunch, cleo):
    make.organisation(sectors=[make.sector()], mission="Brood voor elke lunch.")
    (match,) = suggest_for(lunch.pk)
    for somebody in (ada, vera):
        client.force_login(somebody)
        answer = client.post("/en/market/not-for-us/", {"because": f"@{match.pk}:price"})
        assert answer.status_code in (403, 404)
    for nonsense in ("@x:price", "@:price", f"@{'9' * 30}:price"):
        assert client.post("/en/market/not-for-us/", {"because": nonsense}).status_code == 404
    match.refresh_from_db()
    assert match.state == "suggested"


# When it is seen


def test_a_suggestion_is_seen_when_the_page_shows_it(client, lunch, kitchen, noor, cleo):
    suggest_for(lunch.pk)
    kept = Impression.objects.get()
    assert (kept.shown_at, kept.shown_to) == (None, None)
    desk = at_the_desk(cleo)
    address = f"/en/admin/market/listing/{lunch.pk}/shortlist/"
    desk.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    assert not Impression.objects.exclude(shown_at=None).exists()
    desk.get(address)
    kept.refresh_from_db()
    assert (kept.shown_to, kept.shown_at is not None) == (cleo, True)
    client.force_login(noor)
    page(client, lunch)
    assert Impression.objects.get().shown_to == cleo


def test_the_buyer_may_see_it_first(client, lunch, kitchen, noor, cleo):
    suggest_for(lunch.pk)
    client.force_login(noor)
    page(client, lunch)
    assert Impression.objects.get().shown_to == noor


@pytest.mark.parametrize("where", ["/en/market/", "/en/desk/", "offer", "need"])
def test_what_fits_is_kept_once_wherever_it_is_seen(ada_in, shelf, kitchen, lunch, ada, where):
    address = {"offer": kitchen, "need": lunch}.get(where)
    address = in_english(address) if address else where
    for _time in range(3):
        assert ada_in.get(address).status_code == 200
    kept = seen().get()
    assert (kept.need, kept.organisation, kept.offer) == (lunch, kitchen.organisation, kitchen)
    assert (kept.shown_to, kept.shown_for, kept.rank) == (ada, kitchen.organisation, 1)
    assert kept.shown_at
    assert kept.features | {"text": 0} == parts(lunch, kitchen.organisation, kitchen, text=0)


def test_without_a_shelf_it_is_kept_once_too(ada_in, kitchen, lunch):
    for _time in range(2):
        ada_in.get("/en/market/")
    assert seen().count() == 1


def test_a_week_later_it_counts_again(ada_in, shelf):
    ada_in.get("/en/market/")
    shelf.refresh_from_db()
    for one in shelf.shown.values():
        one["at"] = (clock.now() - timedelta(days=8)).isoformat()
    shelf.save()
    ada_in.get("/en/market/")
    assert seen().count() == 2


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_what_is_fetched_in_advance_and_what_visitors_read_is_not_kept(
    client, ada, shelf, kitchen, header
):
    client.get("/en/market/")
    client.force_login(ada)
    for address in ("/en/market/", "/en/desk/", in_english(kitchen)):
        assert client.get(address, headers={header: "prefetch"}).status_code == 200
        client.head(address)
    assert not seen().exists()


def test_a_coordinator_who_looks_as_a_member_sees_the_pages_and_leaves_no_trace(
    shelf, ada, kitchen, cleo
):
    desk = at_the_desk(cleo)
    assert desk.post(reverse("admin:look_as", args=[ada.pk])).status_code == 302
    for address in ("/en/market/", "/en/desk/", in_english(kitchen)):
        desk.get(address)
    assert not seen().exists()


# No more than so many a week


def brought(client):
    return [item["title"] for item in client.get("/en/desk/").context["foryou"]]


def test_the_site_brings_up_no_more_than_so_many_a_week(ada_in, kitchen, lekstede, settings, ada):
    settings.SUGGESTIONS_A_WEEK = 2
    needs = [make.need(by=lekstede, title=f"Lunch number {n}") for n in range(4)]
    refresh()
    first = brought(ada_in)
    assert len(first) == 2
    assert brought(ada_in) == first
    gone = next(need for need in needs if need.title == first[0])
    refusing.refuse(gone, kitchen.organisation, by=ada, reason="price")
    assert brought(ada_in) == first[1:]
    assert len(page(ada_in, kitchen).context["fitting"]) == 1
    for shelf in Shelf.objects.exclude(shown={}):
        for one in shelf.shown.values():
            one["at"] = (clock.now() - timedelta(days=8)).isoformat()
        shelf.save()
    assert len(brought(ada_in)) == 2


def test_the_board_tells_of_every_row_whatever_was_brought_up(ada_in, kitchen, lekstede, settings):
    settings.SUGGESTIONS_A_WEEK = 1
    for n in range(3):
        make.need(by=lekstede, title=f"Lunch number {n}")
    refresh()
    assert len(brought(ada_in)) == 1
    assertContains(ada_in.get("/en/market/"), "reasons for Broodnodig", count=3)
