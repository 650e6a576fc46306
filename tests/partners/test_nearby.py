"""A place that somebody types: which one it is, and what lies round it."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from partners.models import Region
from partners.nearby import around
from tests import make

pytestmark = pytest.mark.django_db


def typed(place, km="10"):
    return around(QueryDict(urlencode({"place": place, "km": km})))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nieuwegein", "GM0356"),
        (" nieuwegein ", "GM0356"),
        ("Den Haag", "GM0518"),
        ("the hague", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("s gravenhage", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("Friesland", "PV21"),
        ("fryslan", "PV21"),
        ("sudwest fryslan", "GM1900"),
        ("gemeente Utrecht", "GM0344"),
        ("Provincie Utrecht", "PV26"),
        ("province of Utrecht", "PV26"),
        ("Driebergen", "GM1581"),
    ],
)
def test_a_place_is_known_by_its_name_and_by_what_people_call_it(text, code):
    assert typed(text).place.code == code


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("Utrecht", "GM0344", ["PV26"]),
        ("Groningen", "GM0014", ["PV20"]),
        ("Bergen", "GM0893", ["GM0373"]),
    ],
)
def test_of_places_with_one_name_the_others_are_kept_to_choose_from(text, first, others):
    found = typed(text)
    assert (found.place.code, [place.code for place in found.others]) == (first, others)


def test_a_place_that_is_not_known_is_nowhere_and_names_that_come_close_are_offered():
    found = typed("Nieuwegien")
    assert not found
    assert found.close[0].name == "Nieuwegein"
    assert not typed("Xyzzy").close


def test_what_lies_within_so_many_kilometres_counts_and_the_place_itself_always_does():
    here, houten, groningen = (
        make.region(name).pk for name in ("Nieuwegein", "Houten", "Groningen")
    )
    assert typed("Nieuwegein", "0").near == [here]
    assert {here, houten} <= set(typed("Nieuwegein", "10").near)
    assert groningen not in typed("Nieuwegein", "100").near
    assert typed("Nieuwegein").away(houten) in range(3, 11)
    assert typed("Nieuwegein").away(here) is None


def test_a_province_is_all_that_lies_in_it_whatever_the_kilometres():
    found = typed("Friesland", "50")
    frisian = Region.objects.municipalities().filter(province__code="PV21")
    assert set(frisian.values_list("pk", flat=True)) <= set(found.near)
    assert make.region("Groningen").pk not in found.near


@pytest.mark.parametrize("km", ["", "7", "-1", "1e3", "٥", "999999999999999999999", "ten"])
def test_other_kilometres_than_those_on_the_page_are_the_usual_ten(km):
    assert typed("Nieuwegein", km).km == 10


@pytest.mark.parametrize("text", ["%", "\\", "<script>", "x" * 500, "😀", "provincie", "gemeente "])
@pytest.mark.parametrize("page", ["partners:list", "market:board"])
def test_a_strange_place_is_harmless_and_stays_in_its_box(client, page, text):
    answer = client.get(reverse(page), {"place": text})
    assert answer.status_code == 200
    assert "<script>&" not in answer.content.decode()
    assert answer.context["asked"].around.text == text.strip()[:60]
