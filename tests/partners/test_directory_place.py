"""The directory by place, by province on the map, in another order, and in addresses that one can share."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests import make
from tests.partners.test_directory import dict_of, names

URL = "/en/partners/"


@pytest.fixture
def network(cleo):
    """A bakery in Utrecht, a cleaner in Houten who works in Gelderland too, a garden crew in Groningen."""
    gelderland = make.region("Arnhem").province
    make.organisation("Bakery", place="Utrecht", sectors=[make.sector("catering")])
    make.organisation(
        "Cleaner", place="Houten", sectors=[make.sector("cleaning")], works_in=[gelderland]
    )
    make.organisation("Gardens", place="Groningen", sectors=[make.sector("green")])


def test_a_place_with_kilometres_finds_who_sits_near(client, network):
    assert names(client, place="Nieuwegein", km=25) == ["Cleaner", "Bakery"]
    assert names(client, place="Utrecht", km=0) == ["Bakery"]
    assert names(client, place="Groningen") == ["Gardens"]


def test_who_works_in_the_whole_province_works_at_the_place(client, network):
    assert names(client, place="Arnhem", km=5) == ["Cleaner"]
    assert names(client, place="Gelderland") == ["Cleaner"]


def test_a_place_adds_up_with_words_and_boxes_and_the_boxes_count_along(client, network):
    query = {"place": "Utrecht", "km": "25"}
    assert names(client, **query, sector="cleaning") == ["Cleaner"]
    assert names(client, **query, q="bakery") == ["Bakery"]
    assert dict_of(client.get(URL, query))["sector"] == {"catering": 1, "cleaning": 1}


def test_beside_a_place_stands_how_far_it_is(client, network):
    assertContains(client.get(URL, {"place": "Utrecht", "km": 25}), "Houten, 7 km")


def test_an_unknown_place_narrows_nothing_and_says_so(client, network):
    answer = client.get(URL, {"place": "Groningn", "q": "bakery"})
    assert answer.context["total"] == 1
    assertContains(answer, "We do not know a place called “Groningn”")
    assertContains(answer, 'href="?q=bakery&amp;place=Groningen"')
    assertContains(answer, 'value="Groningn"')


def test_of_two_places_with_one_name_the_other_is_one_press_away(client, network):
    answer = client.get(URL, {"place": "Groningen"})
    assertContains(answer, 'href="?place=province+of+Groningen"')
    assertNotContains(client.get(URL, {"place": "province of Groningen"}), "There is more than one")


def test_municipalities_come_once_a_province_is_chosen(client, network):
    assert "municipality" not in dict_of(client.get(URL))
    facets = dict_of(client.get(URL, {"province": "PV26"}))
    assert facets["municipality"] == {"GM0344": 1, "GM0321": 1}
    assert names(client, province="PV26", municipality="GM0321") == ["Cleaner"]
    assert names(client, municipality="GM0321") == ["Bakery", "Cleaner", "Gardens"]


def test_a_theme_is_a_box_too(client, network):
    theme = make.organisation("Themed").themes.model.objects.get(slug="food")
    make.organisation("Farm", themes=[theme])
    assert dict_of(client.get(URL))["theme"] == {"food": 1}
    assert names(client, theme="food") == ["Farm"]


def test_proof_is_a_box_that_counts_only_what_holds_today(client, network):
    held, over = make.organisation("Held"), make.organisation("Over")
    make.credential("valid", by=held, proof="pso")
    make.credential("expired", by=over, proof="pso")
    make.credential("claimed", by=over, proof="bcorp")
    assert dict_of(client.get(URL))["credential"] == {"pso": 1}
    assert names(client, credential="pso") == ["Held"]
    assert names(client, credential="bcorp") == []


def test_the_orders_that_are_offered_are_those_that_mean_something(client, network):
    def offered(**query):
        return [order["label"] for order in client.get(URL, query).context["orders"]]

    assert offered() == ["By name", "Newest first"]
    assert offered(q="bakery") == ["Best fit first", "By name", "Newest first"]
    assert offered(place="Utrecht") == ["Nearest first", "By name", "Newest first"]


def test_the_list_stands_in_the_order_asked_for(client, network):
    assert names(client, place="Utrecht", km=50, sort="near") == ["Bakery", "Cleaner"]
    assert names(client, sort="new")[0] == "Gardens"
    assert names(client, sort="nonsense") == ["Bakery", "Cleaner", "Gardens"]


def test_a_tile_of_the_map_ticks_its_province_and_unticks_it(client, network):
    page = client.get(URL, {"q": "bake", "province": "PV26", "page": "1"}).content.decode()
    tile = re.search(
        r'<a class="tile tile--\d is-on" id="tile-PV26" href="([^"]*)" hx-get="[^"]*" aria-label="([^"]*)"',
        page,
    )
    assert tile.groups() == ("?q=bake", "Utrecht: 1 result, chosen")
    other = client.get(URL).content.decode()
    assert (
        'id="tile-PV20" href="?province=PV20" hx-get="?province=PV20" aria-label="Groningen: 1 result"'
        in other
    )
    assert other.count('class="tile is-none"') == 10


def test_an_address_holds_no_empty_fields_and_a_fixed_order(client, network):
    asked = {"province": "PV26", "km": "10", "q": "bakery", "place": " ", "sort": ""}
    assertRedirects(client.get(URL, asked), f"{URL}?q=bakery&province=PV26")
    assertRedirects(client.get(URL, {"q": "", "place": "", "km": "10"}), URL)


def test_htmx_is_told_the_tidy_address_instead(client, network):
    answer = client.get(
        URL,
        {"q": "", "place": "", "km": "10", "kind": "enterprise"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == f"{URL}?kind=enterprise"


def test_the_title_says_what_the_list_was_narrowed_down_to(client, network):
    answer = client.get(URL, {"kind": "enterprise", "place": "Utrecht", "km": 25})
    assertContains(answer, "<title>Partners: Social enterprise, Within 25 km of Utrecht – ")


def test_words_that_stand_elsewhere_are_not_taken_for_a_typing_mistake(client, network):
    make.organisation("Bakkery", place="Groningen")
    answer = client.get(URL, {"q": "bakery", "place": "Groningen"})
    assert answer.context["total"] == 0
    assertNotContains(answer, "These names come close")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("catterring", "Bakery"),
        ("cateringg", "Bakery"),
        ("bedrijfscatering", "Bakery"),
        ("vergaderlunchje", "Bakery"),
        ("glasbewassng", "Cleaner"),
        ("kantoorschoonmaak", "Cleaner"),
        ("hovenierswerk", "Gardens"),
    ],
)
def test_a_typing_mistake_or_a_compound_finds_the_kind_of_product(client, network, text, found):
    assert names(client, q=text) == [found]


def test_a_deep_page_ends_where_nobody_reads_on_and_says_that_there_is_more(
    client, network, monkeypatch
):
    monkeypatch.setattr("factory.lists.MOST_ROWS", 2)
    monkeypatch.setattr("factory.lists.A_PAGE", 1)
    answer = client.get(reverse("partners:list"), {"page": 99999})
    assert answer.context["page_obj"].number == 2
    assertContains(client.get(URL, {"page": 99999}), "There are more.")
