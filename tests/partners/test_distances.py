"""How far places lie apart."""

import pytest

from partners import distances
from tests import make


@pytest.mark.parametrize(
    ("there", "low", "high"),
    [("Utrecht", 0, 0), ("Nieuwegein", 4, 10), ("Amsterdam", 30, 40), ("Groningen", 140, 170)],
)
def test_kilometres_from_utrecht(db, there, low, high):
    here = make.region("Utrecht")
    assert low <= distances.between(here, make.region(there)) <= high


def test_it_is_as_far_there_as_back(db):
    here, there = make.region("Maastricht"), make.region("Groningen")
    assert distances.between(here, there) == distances.between(there, here)


def test_what_lies_within_comes_nearest_first(db):
    here = make.region("Utrecht")
    places = [make.region(name) for name in ("Groningen", "Amsterdam", "Nieuwegein")]
    found = [place.name for _km, place in distances.within(here, 60, places)]
    assert found == ["Nieuwegein", "Amsterdam"]
