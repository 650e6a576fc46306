"""From numbers to an order: tables, and what holds for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.matching import scoring
from market.matching.distances import km_between
from market.matching.wording import asked_words, shared_words
from partners.models import Region

UTRECHT, AMERSFOORT = Region(latitude=52.09, longitude=5.12), Region(latitude=52.16, longitude=5.39)
part = st.floats(0, 1)
number = st.floats(-1e6, 1e6)
rated = st.lists(
    st.tuples(st.integers(1, 50), part, st.integers(0, 9)), unique_by=lambda one: one[0]
)


@pytest.mark.parametrize(("km", "expected"), [(0, 1), (25, 0.5), (75, 0.25), (None, 0.5)])
def test_near_counts_more(km, expected):
    assert scoring.near(km) == pytest.approx(expected)


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


@pytest.mark.parametrize(
    ("asked", "offered", "expected"), [([], [1], 0), ([1, 2], [2, 3], 0.5), ([1], [1, 2], 1)]
)
def test_the_share_of_what_is_asked(asked, offered, expected):
    assert scoring.share(asked, offered) == expected


def test_of_equals_who_was_shown_least_comes_first():
    assert scoring.in_order([(1, 0.802, 4), (2, 0.801, 0), (3, 0.9, 9)]) == [3, 2, 1]


def test_utrecht_and_amersfoort_are_twenty_kilometres_apart():
    assert km_between(UTRECHT, AMERSFOORT) == pytest.approx(20, abs=0.5)
    assert km_between(UTRECHT, UTRECHT) == 0


@given(number, number)
def test_whatever_is_squashed_lies_between_zero_and_one_in_the_same_order(one, other):
    low, high = sorted([one, other])
    assert 0 <= scoring.squashed(low) <= scoring.squashed(high) <= 1


@given(st.dictionaries(st.sampled_from(sorted(scoring.WEIGHTS)), part))
def test_a_score_lies_between_zero_and_one(parts):
    assert 0 <= scoring.score(parts) <= 1


@given(
    st.dictionaries(st.sampled_from(sorted(scoring.WEIGHTS)), part),
    st.sampled_from(sorted(scoring.WEIGHTS)),
)
def test_more_of_a_part_never_lowers_the_score(parts, name):
    assert scoring.score(parts | {name: 1.0}) >= scoring.score(parts)


@given(rated, st.randoms())
def test_the_order_does_not_depend_on_what_came_in_first(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert scoring.in_order(shuffled) == scoring.in_order(found)


@given(st.text(), st.text())
def test_words_of_any_text_are_harmless(title, text):
    assert all(word.isalpha() for word in asked_words(title, text))
    assert set(shared_words(title, text)) == set(shared_words(text, title))


def test_shared_words_are_telling_and_stand_in_both():
    assert shared_words("Lunch voor mensen met soep", "Onze soep en LUNCH voor mensen") == ["lunch"]
