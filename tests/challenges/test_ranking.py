"""The order of the entries, exactly, and at which weights it changes."""

import random
import time
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.ranking import average, differs, rank, sensitivity

WEIGHTS = {"impact": 50, "plan": 30, "price": 20}


def marks(*rows):
    """Entries a, b, c …: one mark a criterion."""
    return {
        chr(97 + n): {c: [m] for c, m in zip(WEIGHTS, row, strict=True)}
        for n, row in enumerate(rows)
    }


def test_the_best_comes_first_with_the_exact_total():
    first, second = rank(WEIGHTS, marks((6, 7, 8), (8, 7, 6)))
    assert (first.entry, first.rank, first.total) == ("b", 1, Fraction(73, 10))
    assert (second.entry, second.rank) == ("a", 2)


def test_equal_totals_share_their_place_and_the_next_is_left_out():
    places = rank(WEIGHTS, marks((8, 8, 8), (7, 7, 7), (7, 7, 7), (6, 6, 6)))
    assert [(p.rank, p.shared) for p in places] == [(1, False), (2, True), (2, True), (4, False)]


def test_thirds_are_a_tie_and_not_a_rounding():
    given = {
        "a": {"impact": [7, 7, 8], "plan": [6], "price": [6]},
        "b": {"impact": [8, 7, 7], "plan": [6], "price": [6]},
    }
    assert [place.rank for place in rank(WEIGHTS, given)] == [1, 1]
    assert rank(WEIGHTS, given)[0].total == Fraction(Fraction(22, 3) * 50 + 6 * 50, 100)


def test_below_a_minimum_there_is_no_rank_whatever_the_total():
    places = rank(WEIGHTS, marks((10, 10, 5), (6, 6, 6)), minima={"price": 6})
    assert [(p.entry, p.rank, p.below) for p in places] == [("b", 1, ()), ("a", None, ("price",))]


def test_without_a_mark_there_is_no_rank():
    given = marks((7, 7, 7)) | {"z": {"impact": [9], "plan": [], "price": [9]}}
    assert rank(WEIGHTS, given)[-1].missing == ("plan",)


def test_it_says_at_which_weight_the_first_change_places():
    weights = {"quality": 40, "price": 60}
    given = {"a": {"quality": [9], "price": [6]}, "b": {"quality": [6], "price": [7]}}
    quality, price = sensitivity(weights, given, first=1)
    assert (quality.under, quality.over) == (25, None)
    assert (price.under, price.over) == (None, 75)


@given(
    rows=st.lists(st.tuples(*[st.integers(1, 10)] * 3), min_size=2, max_size=5),
    name=st.sampled_from([*WEIGHTS]),
)
@settings(max_examples=100, deadline=None)
def test_between_its_two_weights_the_order_of_the_first_stays(rows, name):
    given = marks(*rows)
    order = [p.entry for p in rank(WEIGHTS, given)]
    if any(p.shared for p in rank(WEIGHTS, given)):
        return
    turn = next(t for t in sensitivity(WEIGHTS, given, 3) if t.criterion == name)
    others = sum(WEIGHTS.values()) - WEIGHTS[name]
    low, high = turn.under or 0, turn.over if turn.over is not None else 100
    for weight in (low, WEIGHTS[name], high):
        changed = {c: w * (100 - weight) for c, w in WEIGHTS.items()} | {name: weight * others}
        if low < weight < high and changed[name]:
            assert [p.entry for p in rank(changed, given)][:3] == order[:3]


def test_an_average_is_exact_and_far_apart_is_three_marks():
    assert average([7, 7, 8]) == Fraction(22, 3)
    assert differs([4, 7])
    assert not differs([5, 7])
    assert not differs([])


def test_a_thousand_entries_by_ten_jurors_are_ranked_within_a_tenth_of_a_second():
    some = random.Random(7)
    weights = dict(zip("abcdef", [30, 25, 15, 10, 10, 10], strict=True))
    given = {
        n: {c: [some.randint(1, 10) for _juror in range(10)] for c in weights} for n in range(1000)
    }
    began = time.process_time()
    places = rank(weights, given, {"a": 3})
    assert time.process_time() - began < 0.1
    assert len(places) == 1000
