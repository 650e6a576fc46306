"""The directory: who is found by what, and at what cost."""

import time

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory.lately import Lately
from partners import facets
from partners.models import Organisation
from tests import make
from tests.staff import at_the_desk

LIST = "partners:list"


def names(client, **query):
    page = client.get(reverse(LIST), query).context["page_obj"]
    return [organisation.name for organisation in page]


@pytest.fixture
def network(cleo):
    """A bakery in Utrecht, a garden crew in Groningen, a municipality that buys."""
    facts = {"sectors": [make.sector("catering")], "mission": "Brood van mensen die het vak leren."}
    make.organisation("Broodnodig", **facts)
    make.organisation("Groene Vingers", place="Groningen", sectors=[make.sector("green")])
    make.organisation("Gemeente Lekstede", "municipality", place="Nieuwegein")
    make.organisation("Nog Niet Klaar", state="in_check")


def test_everybody_reads_who_is_active_and_nobody_else(client, network):
    assert names(client) == ["Broodnodig", "Gemeente Lekstede", "Groene Vingers"]


def test_a_coordinator_sees_the_same_directory_as_everybody(client, network, cleo):
    assert "Nog Niet Klaar" not in names(at_the_desk(cleo))


def test_boxes_narrow_down_and_together_they_add_up(client, network):
    assert names(client, kind="municipality") == ["Gemeente Lekstede"]
    assert names(client, province="PV20") == ["Groene Vingers"]
    assert names(client, sector=["catering", "green"]) == ["Broodnodig", "Groene Vingers"]
    assert names(client, sector="catering", province="PV20") == []


def test_what_the_address_does_not_know_is_left_aside(client, network):
    assert len(names(client, kind="dragon", province="PV99", sector="'; DROP", page="x")) == 3
    assert len(names(client, page="999999999999999999999")) == 3


def test_a_box_counts_what_ticking_it_would_show(client, network):
    facets = dict_of(client.get(reverse(LIST), {"province": "PV26"}))
    assert facets["kind"] == {"enterprise": 1, "municipality": 1}
    assert facets["sector"] == {"catering": 1}
    assert facets["province"] == {"PV26": 2, "PV20": 1}


def dict_of(answer):
    return {
        facet: {option.value: number for option, number, _on in boxes}
        for facet, _head, boxes in answer.context["facets"]
    }


@pytest.mark.parametrize(
    "text",
    ["broodnodig", "Brodnodig", "broodnodg", "brood", "vak", "lunch", "Catering", "den haag brood"],
)
def test_a_bakery_is_found_by_name_typing_mistake_text_or_what_it_makes(client, network, text):
    assert "Broodnodig" in names(client, q=text)


def test_a_place_finds_who_sits_there(client, network):
    assert names(client, q="Groningen") == ["Groene Vingers"]


@pytest.mark.parametrize("text", ["!!!", "a & | !", "%", "\\", "<script>", "''", "😀", "x" * 500])
def test_strange_words_are_harmless(client, network, text):
    assert client.get(reverse(LIST), {"q": text}).status_code == 200


def test_nothing_found_says_what_to_do(client, network):
    assertContains(client.get(reverse(LIST), {"q": "zzzzqqqq"}), reverse("partners:list"))


def test_a_name_with_markup_is_shown_as_it_was_typed(client, cleo):
    make.organisation("<script>alert(1)</script>")
    answer = client.get(reverse(LIST))
    assertNotContains(answer, "<script>alert")
    assertContains(answer, "&lt;script&gt;alert")


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_costs_the_same_for_one_three_and_fifty_rows(
    client, cleo, dan, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.organisation(sectors=[make.sector("catering"), make.sector("green")])
    with django_assert_num_queries(3):
        client.get(reverse(LIST))
    client.force_login(dan)
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


def test_pages_turn_and_keep_what_was_asked(client, cleo):
    for number in range(21):
        make.organisation(f"Bakery {number:02}")
    assert names(client, page=2, kind="enterprise") == ["Bakery 20"]
    assertContains(client.get(reverse(LIST), {"kind": "enterprise"}), "kind=enterprise&amp;page=2")


def test_the_facets_count_an_organisation_once_however_many_sectors_it_has(client, cleo):
    make.organisation(sectors=[make.sector("catering"), make.sector("green")])
    answer = client.get(reverse(LIST))
    assert answer.context["total"] == Organisation.objects.active().count() == 1
    assert dict_of(answer)["kind"] == {"enterprise": 1}


def test_only_the_numbers_of_many_are_remembered_and_for_a_moment(client, network, monkeypatch):
    def counted():
        return client.get(reverse(LIST)).context["total"]

    assert counted() == 3
    make.organisation("Later Erbij")
    assert counted() == 4
    monkeypatch.setattr("partners.facets.MANY", 3)
    assert counted() == 4
    make.organisation("Nog Later")
    assert counted() == 4
    facets.LATELY.forget()
    assert counted() == 5
    facets.LATELY.forget()


def test_what_is_remembered_grows_old_and_makes_room():
    lately = Lately(seconds=0.05, most=2)
    for name in "abc":
        lately.keep(name, name)
    assert [lately.get(name) for name in "abc"] == [None, "b", "c"]
    time.sleep(0.06)
    assert lately.get("c") is None
