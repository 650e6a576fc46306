"""From numbers to an order: tables, and what holds for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners import scoring

part = st.floats(0, 1)
number = st.floats(-1e6, 1e6)
rated = st.lists(
    st.tuples(st.integers(1, 50), part, st.integers(0, 9)), unique_by=lambda one: one[0]
)


@pytest.mark.parametrize(("km", "expected"), [(0, 1), (25, 0.5), (75, 0.25), (None, 0.5)])
def test_near_counts_more(km, expected):
    assert scoring.near(km) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("asked", "offered", "expected"), [([], [1], 0), ([1, 2], [2, 3], 0.5), ([1], [1, 2], 1)]
)
def test_the_share_of_what_is_asked(asked, offered, expected):
    assert scoring.share(asked, offered) == expected


def test_of_equals_who_was_shown_least_comes_first():
    assert scoring.in_order([(1, 0.802, 4), (2, 0.801, 0), (3, 0.9, 9)]) == [3, 2, 1]


@given(number, number)
def test_whatever_is_squashed_lies_between_zero_and_one_in_the_same_order(one, other):
    low, high = sorted([one, other])
    assert 0 <= scoring.squashed(low) <= scoring.squashed(high) <= 1


@given(rated, st.randoms())
def test_the_order_does_not_depend_on_what_came_in_first(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert scoring.in_order(shuffled) == scoring.in_order(found)
