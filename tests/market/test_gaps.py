"""Demand without supply and supply without demand: counted by hand, with links to what is counted."""

import re

import pytest
from django.urls import reverse

from market.figures.gaps import coordinator_figures
from partners.models import Region
from tests import make
from tests.staff import at_the_desk


def blocks(person, everywhere=True):
    """``{key: [(words, how many)]}``."""
    found = coordinator_figures(person, everywhere)
    return {block["key"]: [(told(row[0]), row[1]) for row in block["rows"]] for block in found}


def told(cell):
    return re.sub("<[^>]+>", "", cell)


def town(place):
    return make.organisation(kind="municipality", place=place)


@pytest.fixture
def zwolle(cleo):
    """Three needs in Zwolle, one of another kind."""
    by = town("Zwolle")
    for _n in range(2):
        make.need(by=by, sector=make.sector("cleaning"))
    make.need(by=by, sector=make.sector("print"))
    return by


def test_what_no_offer_reaches_is_counted_by_sector_and_place(cleo, zwolle):
    cleaning, print_ = make.sector("cleaning"), make.sector("print")
    assert blocks(cleo)["gaps"] == [(f"{cleaning}, Zwolle", 2), (f"{print_}, Zwolle", 1)]
    assert blocks(cleo)["idle"] == []


@pytest.mark.parametrize(
    ("place", "facts", "reached"),
    [
        ("Zwolle", {}, True),
        ("Deventer", {}, True),  # the same province
        ("Utrecht", {}, False),
        ("Utrecht", {"nationwide": True}, True),
        ("Utrecht", {"reach_km": 90}, True),
        ("Utrecht", {"reach_km": 30}, False),
        ("Deventer", {"reach_km": 5}, False),
    ],
)
def test_an_offer_counts_as_far_as_it_comes(cleo, zwolle, place, facts, reached):
    make.offer(by=make.organisation(place=place), sector=make.sector("cleaning"), **facts)
    found = blocks(cleo)
    assert (len(found["gaps"]), len(found["idle"])) == ((1, 0) if reached else (2, 1))


def test_an_offer_of_another_kind_or_that_is_not_there_does_not_count(cleo, zwolle):
    make.offer(by=make.organisation(place="Zwolle"), sector=make.sector("catering"))
    make.offer(
        by=make.organisation(place="Zwolle"), sector=make.sector("cleaning"), state="withdrawn"
    )
    found = blocks(cleo)
    assert len(found["gaps"]) == 2
    assert [number for _words, number in found["idle"]] == [1]


def test_of_my_provinces_or_of_all(cleo, zwolle):
    make.need(by=town("Groningen"), sector=make.sector("ict"))
    Region.objects.get(code="PV20").coordinators.add(cleo)
    assert [words for words, _n in blocks(cleo, everywhere=False)["gaps"]] == [
        f"{make.sector('ict')}, Groningen"
    ]
    assert len(blocks(cleo)["gaps"]) == 3


def test_each_row_leads_to_the_list_of_what_it_counts(cleo, zwolle):
    desk = at_the_desk(cleo)
    page = desk.get(reverse("admin:figures"), {"all": ""}).content.decode()
    links = re.findall(r'href="([^"]*kind__exact=need[^"]*)"', page)
    assert len(links) == 2
    listed = desk.get(links[0].replace("&amp;", "&"))
    assert listed.context["cl"].result_count == 2


# What is on the market, and the day; places are remembered for a day.
def test_it_costs_the_same_for_one_need_three_and_fifty(cleo, django_assert_num_queries):
    by, number = town("Zwolle"), 0
    for size in (1, 3, 50):
        while number < size:
            make.need(by=by, sector=make.sector("cleaning"))
            number += 1
        coordinator_figures(cleo, everywhere=True)
        with django_assert_num_queries(2):
            coordinator_figures(cleo, everywhere=True)
