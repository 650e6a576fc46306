"""The market's own part of scores: a table, and what holds for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.matching import scoring
from market.matching.distances import km_between
from partners.models import Region

UTRECHT, AMERSFOORT = Region(latitude=52.09, longitude=5.12), Region(latitude=52.16, longitude=5.39)
part = st.floats(0, 1)


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        (100, 100, 1),
        (100, 200, 2 / 3),
        (200, 100, 2 / 3),
        (100, 10_000, 0),
        (None, 5, 0.5),
        (5, None, 0.5),
    ],
)
def test_the_same_amount_fits_best(asked, offered, expected):
    assert scoring.value_fit(asked, offered) == pytest.approx(expected)


def test_utrecht_and_amersfoort_are_twenty_kilometres_apart():
    assert km_between(UTRECHT, AMERSFOORT) == pytest.approx(20, abs=0.5)
    assert km_between(UTRECHT, UTRECHT) == 0


@given(st.dictionaries(st.sampled_from(sorted(scoring.WEIGHTS)), part))
def test_a_score_lies_between_zero_and_one(parts):
    assert 0 <= scoring.score(parts) <= 1


@given(
    st.dictionaries(st.sampled_from(sorted(scoring.WEIGHTS)), part),
    st.sampled_from(sorted(scoring.WEIGHTS)),
)
def test_more_of_a_part_never_lowers_the_score(parts, name):
    assert scoring.score(parts | {name: 1.0}) >= scoring.score(parts)
