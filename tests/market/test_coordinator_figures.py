"""How the coordinators' work goes: numbers that can be counted by hand."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factory import clock
from market.figures import coordinator_figures
from market.lifecycle import listing as listings
from market.models import Listing, Match
from partners.models import Region
from tests import make
from tests.staff import at_the_desk


def figures(person, **how):
    found = coordinator_figures(person, **how)
    return {block["key"]: block | {"rows": list(block["rows"])} for block in found}


def introduced_after(days):
    with make.days_ago(days + 20):
        need = make.need(state="draft")  # written long before
    with make.days_ago(days):
        listings.publish(need, by=need.contact)
    listings.renew(need, by=need.contact)
    return make.match("introduced", need=need)


def test_the_middle_one_of_the_days_until_introduced(cleo):
    for days in (2, 4, 30):
        introduced_after(days)
    ((quarter, days, number),) = figures(cleo)["introduced"]["rows"]
    assert (days, number) == (4, 3)
    assert str(clock.today().year) in quarter


def test_what_each_supplier_answered_and_the_silent_one_first(cleo, broodnodig):
    for state in ("introduced", "declined"):
        make.match(state, supplier=broodnodig)
    silent = make.match("lapsed")
    make.match("suggested", supplier=broodnodig)
    assert figures(cleo)["answers"]["rows"] == [
        (silent.organisation.name, 1, 0, 0, 1),
        ("Broodnodig", 2, 1, 1, 0),
    ]


def test_two_suppliers_of_one_name_are_two(cleo):
    for _n in range(2):
        make.match("introduced", supplier=make.organisation("De Bakkers"))
    assert figures(cleo)["answers"]["rows"] == [("De Bakkers", 1, 1, 0, 0)] * 2


def test_demand_without_supply_by_sector_and_province(cleo, lekstede):
    there = make.organisation(kind="municipality", place="Groningen")
    for by, sector in ((lekstede, "catering"), (there, "catering"), (there, "print")):
        make.need(by=by, sector=make.sector(sector))
    met = make.match("introduced", need=make.need(by=lekstede))
    new = make.need(by=lekstede)
    Listing.objects.exclude(pk=new.pk).update(created_at=clock.now() - timedelta(days=8))
    block = figures(cleo)["demand"]
    assert block["head"][1:3] == ["Groningen", "Utrecht"]
    assert [row[1:] for row in block["rows"]] == [(1, 1, 2), (1, "–", 1)]
    assert Match.objects.get(pk=met.pk).state == "introduced"


def test_of_my_provinces_or_of_all(cleo, lekstede):
    Region.objects.get(code="PV20").coordinators.add(cleo)
    make.need(by=lekstede)
    Listing.objects.update(created_at=clock.now() - timedelta(days=8))
    assert figures(cleo)["demand"]["rows"] == []
    assert len(figures(cleo, everywhere=True)["demand"]["rows"]) == 1


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_page_takes_ten_queries_at_most(cleo, number, django_assert_max_num_queries):
    for _ in range(number):
        introduced_after(3)
    desk = at_the_desk(cleo)
    desk.get(reverse("admin:figures"))  # places are remembered for a day
    with django_assert_max_num_queries(10):
        assert desk.get(reverse("admin:figures")).status_code == 200
