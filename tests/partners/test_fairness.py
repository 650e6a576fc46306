"""Attention goes round: tables, and what holds for any numbers."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners import fairness

score = st.floats(0.01, 1)
scores = st.dictionaries(st.integers(1, 30), score, max_size=30)
shown = st.dictionaries(st.integers(1, 30), st.integers(0, 9))
asked = st.dictionaries(st.integers(1, 8), scores, max_size=8)
room = st.integers(1, 5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([], 0), ([0, 0], 0), ([2, 2, 2], 0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25)],
)
def test_how_unequal(counts, expected):
    assert fairness.gini(counts) == pytest.approx(expected)


@given(st.lists(st.integers(0, 50), max_size=30))
def test_it_lies_between_none_and_all(counts):
    assert -1e-9 <= fairness.gini(counts) < 1


def test_who_is_about_as_good_and_seldom_shown_comes_in_place_of_who_is_shown_often():
    found = {1: 0.80, 2: 0.79, 3: 0.75, 4: 0.40}
    assert fairness.chosen(found, {}, 2) == [1, 2]
    assert fairness.chosen(found, {1: 3}, 2) == [2, 3]
    assert fairness.chosen(found, {1: 3, 2: 3, 3: 3}, 2) == [1, 2]


@given(scores, shown, room)
def test_a_list_gives_up_a_tenth_at_most(found, seen, most):
    best = sorted(found.values(), reverse=True)[:most]
    picked = [found[key] for key in fairness.chosen(found, seen, most)]
    assert len(picked) == len(best)
    assert all(one >= best[-1] * 0.9 for one in picked)
    assert picked == sorted(picked, reverse=True)


@given(scores, room)
def test_where_nobody_was_shown_the_best_stand_there(found, most):
    best = sorted(found, key=lambda key: (-found[key], key))[:most]
    assert fairness.chosen(found, {}, most) == best


@pytest.mark.parametrize(
    ("there", "others", "room", "changes"),
    [
        ({1: 0.8, 2: 0.5}, {3: 0.9}, 0, ([2], [3])),
        ({1: 0.8, 2: 0.5}, {3: 0.9, 4: 0.7, 5: 0.7}, 0, ([2], [3])),
        ({1: 0.8, 2: 0.85}, {3: 0.88}, 0, ([], [])),  # not better by a tenth
        ({1: 0.2}, {3: 0.9, 4: 0.85}, 2, ([], [])),  # both come anyway
        ({1: 0.2}, {3: 0.9, 4: 0.85}, 1, ([1], [4])),
        ({1: 0.2}, {}, 4, ([], [])),
        ({}, {3: 0.9}, 5, ([], [])),
    ],
)
def test_who_is_much_better_takes_the_place_of_the_worst(there, others, room, changes):
    assert fairness.giving_way(there, others, room) == changes


def test_an_invitation_goes_round_the_country_and_to_newcomers():
    found = {1: 0.9, 2: 0.9, 3: 0.89, 4: 0.88, 5: 0.87, 6: 0.8, 7: 0.3}
    region = dict.fromkeys(range(1, 6), "Utrecht") | {6: "Drenthe", 7: "Zeeland"}
    assert fairness.spread(found, region, set(), 3) == [1, 2, 6]
    assert 5 in fairness.spread(found, dict(enumerate("abcdefg", 1)), {5}, 4)
    assert 7 not in fairness.spread(found, region, {7}, 4)


@given(scores, st.dictionaries(st.integers(1, 30), st.integers(1, 3)), st.integers(1, 12))
def test_places_that_nobody_else_can_have_go_to_the_best(found, where, most):
    region = {key: where.get(key, 0) for key in found}
    picked = fairness.spread(found, region, set(where), most)
    assert len(picked) == len(set(picked)) == min(most, len(found))
    assert [found[key] for key in picked] == sorted((found[key] for key in picked), reverse=True)


@given(asked, shown, room)
def test_a_round_fills_every_list_with_others_who_are_good_enough_or_have_no_other_place(
    wanted, seen, most
):
    lists = fairness.shared_out(wanted, seen, most)
    able = {need: set(fairness.good_enough(found, most)) for need, found in wanted.items()}
    times = Counter(key for keys in lists.values() for key in keys)
    for need, keys in lists.items():
        assert len(set(keys)) == len(keys) == min(most, len(wanted[need]))
        assert all(key in able[need] or times[key] == 1 for key in keys)


@given(asked, room)
def test_what_others_answer_better_gets_a_place_where_it_costs_little(wanted, most):
    lists = fairness.shared_out(wanted, {}, most)
    bests = [sorted(found.values(), reverse=True)[:most] for found in wanted.values() if found]
    kept = sum(wanted[need][key] for need, keys in lists.items() for key in keys)
    tenth = sum(0.9 * found[-1] * len(found) for found in bests)
    assert kept >= min(0.955 * sum(map(sum, bests)), tenth) - 1e-9


def test_who_is_second_everywhere_is_shown_once():
    wanted = {need: {"first": 0.9, "also": 0.89, "weak": 0.7} for need in range(9)}
    times = Counter(key for keys in fairness.shared_out(wanted, {}, 2).values() for key in keys)
    assert times == {"first": 9, "also": 8, "weak": 1}
    assert fairness.shared_out({1: wanted[1]}, {}, 2) == {1: ["first", "also"]}


@given(asked, room)
def test_nobody_good_enough_is_left_out_where_there_is_room_for_somebody_shown_twice(wanted, most):
    lists = fairness.shared_out(wanted, {}, most)
    able = {need: fairness.good_enough(found, most) for need, found in wanted.items()}
    placed = {key for keys in lists.values() for key in keys}
    for key in {key for keys in able.values() for key in keys} - placed:
        assert all(len(lists[need]) == most for need in able if key in able[need])


def test_each_list_gets_as_many_as_it_has_places():
    asked = {need: {key: 0.8 for key in "abcdefgh"} for need in (1, 2, 3)}
    lists = fairness.shared_out(asked, {}, {1: 5, 2: 3, 3: 0})
    assert [len(keys) for keys in lists.values()] == [5, 3, 0]
    assert sorted(lists[1] + lists[2]) == list("abcdefgh")
