"""Demand without supply and supply without demand: counted by hand, with links to what is counted."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from factory.coordination.lines import Lines
from factory.coordination.tables import shown
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


@pytest.fixture
def fifty(cleo):
    """Needs in fifty places, each with nobody near."""
    places = Region.objects.exclude(province=None).order_by("pk")[:50]
    for place in places:
        make.need(by=town(place.name), sector=make.sector("cleaning"))
    return [place.name for place in places]


def test_what_does_not_fit_on_the_page_is_counted_there_and_stands_in_the_sheet(cleo, fifty):
    desk = at_the_desk(cleo)
    page = desk.get(reverse("admin:figures"), {"all": ""})
    assertContains(page, "En nog 10 rijen.")
    address = reverse("admin:figures_export", args=["gaps", "csv"])
    assertContains(page, f'href="{address}?all"')
    lines = desk.get(f"{address}?all").getvalue().decode().splitlines()
    assert len(lines) == 51
    assert all(any(f", {name}" in line for line in lines) for name in fifty)
    assert "<a" not in "".join(lines)
    assert desk.get(reverse("admin:figures_export", args=["nothing", "csv"])).status_code == 404
    assert desk.get(reverse("admin:figures_export", args=["gaps", "doc"])).status_code == 404


def test_the_sheet_is_of_my_provinces_too(cleo, zwolle):
    make.need(by=town("Groningen"), sector=make.sector("ict"))
    Region.objects.get(code="PV20").coordinators.add(cleo)
    mine = reverse("admin:figures_export", args=["gaps", "csv"])
    lines = at_the_desk(cleo).get(mine).getvalue().decode().splitlines()
    assert len(lines) == 2
    assert "Groningen" in lines[1]


def test_bars_that_do_not_fit_are_one_bar_together():
    bars = [{"label": str(n), "value": n} for n in range(14, 0, -1)]
    found = shown({"rows": Lines([]), "bars": bars})["bars"]
    assert len(found) == 10
    assert found[-1] == {"label": "5 andere", "value": 1 + 2 + 3 + 4 + 5}
    assert sum(bar["value"] for bar in found) == sum(bar["value"] for bar in bars)


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
