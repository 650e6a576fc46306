"""The board by place, in another order, and by words with a typing mistake in them."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests import make
from tests.market.test_board import boxes, titles


@pytest.fixture
def market(cleo):
    """Offers from Utrecht, Houten and Groningen; one goes far, one anywhere; the last posted is first."""
    make.offer(by=make.organisation(place="Utrecht"), title="Bread", value_cents=100)
    make.offer(by=make.organisation(place="Houten"), title="Soup", value_cents=900)
    make.offer(by=make.organisation(place="Groningen"), title="Cake", reach_km=200)
    make.offer(by=make.organisation(place="Groningen"), title="Post", nationwide=True)
    make.offer(by=make.organisation(place="Groningen"), title="Eggs", reach_km=10)


def test_a_place_keeps_what_is_near_and_what_comes_there(client, market):
    assert titles(client, "?place=Utrecht&km=0") == ["Post", "Cake", "Bread"]
    assert titles(client, "?place=Utrecht&km=25") == ["Post", "Cake", "Soup", "Bread"]
    assert titles(client, "?place=Groningen&km=5") == ["Eggs", "Post", "Cake"]


def test_a_province_keeps_what_lies_in_it_and_what_comes_there(client, market):
    assert titles(client, "?place=provincie+Utrecht") == ["Post", "Cake", "Soup", "Bread"]


def test_the_numbers_behind_the_boxes_follow_the_place(client, market):
    assert boxes(client, "province", "?place=Utrecht&km=25") == {"PV26": 2, "PV20": 2}


def test_the_nearest_come_first_when_asked_for(client, market):
    assert titles(client, "?place=Utrecht&km=25&sort=near") == ["Bread", "Soup", "Post", "Cake"]
    assertContains(client.get("/market/?place=Utrecht&km=25"), "Houten, 7 km")


def test_without_a_place_there_is_no_nearest(client, market):
    page = client.get("/en/market/?sort=near")
    assert [order["label"] for order in page.context["orders"]] == [
        "Newest first", "Needed soonest", "Highest amount first",
    ]  # fmt: skip
    assert page.context["asked"].sort == "new"


def test_the_highest_amount_comes_first_when_asked_for(client, market):
    assert titles(client, "?sort=value")[:2] == ["Soup", "Bread"]


def test_what_is_needed_soonest_comes_first_and_what_has_no_date_last(client, lekstede):
    for title, days in (("Later", 30), ("Sooner", 3), ("Whenever", None)):
        day = date.today() + timedelta(days=days) if days else None
        make.need(by=lekstede, title=title, needed_by_date=day)
    assert titles(client, "?sort=soon") == ["Sooner", "Later", "Whenever"]


def test_a_page_in_another_order_goes_on_where_the_last_ended(client, lekstede):
    for number in range(21):
        make.need(by=lekstede, title=f"Need {number}", value_cents=1000 + number)
    assert titles(client, "?sort=value&page=2") == ["Need 0"]
    assertContains(client.get("/market/?sort=value"), "?sort=value&amp;page=2")


def test_an_unknown_place_narrows_nothing_and_says_so(client, market):
    answer = client.get("/en/market/?place=Grunnegen&q=bread")
    assert answer.context["total"] == 1
    assertContains(answer, "We do not know a place called “Grunnegen”")


def test_words_that_stand_elsewhere_are_not_taken_for_a_typing_mistake(client, market):
    answer = client.get("/en/market/?place=Groningen&q=soup")
    assert answer.context["total"] == 0
    assertNotContains(answer, "These titles come close")


@pytest.mark.parametrize("text", ["catterring", "bedrijfscatering", "cateringg"])
def test_a_typing_mistake_or_a_compound_finds_the_kind_of_product(client, market, text):
    assert len(titles(client, f"?q={text}")) == 5


def test_an_address_holds_no_empty_fields_and_the_title_says_what_it_holds(client, market):
    asked = "/en/market/?q=&sort=&place=Utrecht&km=25&kind=offer"
    assertRedirects(client.get(asked), "/en/market/?place=Utrecht&km=25&kind=offer")
    page = client.get("/en/market/?place=Utrecht&km=25&kind=offer&page=1")
    assertContains(page, "<title>Social Impact Market: Offers, Within 25 km of Utrecht – ")
