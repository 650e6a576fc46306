"""How good an order is, as tables of examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.bench.judging import interval, ndcg, recall, reciprocal_rank

IDEAL = [7, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("gains", "expected"),
    [([7, 1, 1], 1.0), ([0, 7, 1, 1], 0.6593), ([], 0.0), ([0, 0, 0], 0.0), ([1, 1, 7], 0.6311)],
)
def test_an_order_is_as_good_as_its_discounted_gain(gains, expected):
    assert ndcg(gains, IDEAL) == pytest.approx(expected, abs=2e-3)


def test_where_nothing_is_relevant_no_order_is_good():
    assert ndcg([0, 0], [0, 0]) == 0
    assert recall([0, 0], [0, 0]) == 0


@pytest.mark.parametrize(("gains", "expected"), [([7], 1), ([1, 7], 0.5), ([1, 1], 0), ([], 0)])
def test_the_first_place_of_what_is_wanted(gains, expected):
    assert reciprocal_rank(gains, 7) == expected


def test_recall_counts_what_could_be_among_the_first():
    assert recall([7, 0, 1], IDEAL) == pytest.approx(2 / 3)
    assert recall([7], [7] * 20, top=10) == pytest.approx(0.1)


def test_the_interval_holds_the_mean_and_closes_on_what_is_always_the_same():
    mean, low, high = interval([0.0, 1.0] * 50)
    assert low < mean == 0.5 < high
    assert interval([0.3] * 9) == pytest.approx((0.3, 0.3, 0.3))


@given(st.lists(st.sampled_from([0, 1, 7]), max_size=12))
def test_no_order_is_better_than_the_best(gains):
    assert 0 <= ndcg(gains, gains) <= 1 + 1e-9
    assert ndcg(sorted(gains, reverse=True), gains) in (0, pytest.approx(1))
