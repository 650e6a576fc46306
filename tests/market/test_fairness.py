"""Attention goes round: tables, what holds for any numbers, and what coordinators read of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.figures.attention import coordinator_figures
from market.lifecycle.suggesting import suggest_for, suggest_for_waiting
from market.matching import fairness
from market.models import Match
from tests import make

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


@given(asked, shown, room)
def test_a_round_fills_every_list_with_others_who_are_good_enough(wanted, seen, most):
    lists = fairness.shared_out(wanted, seen, most)
    for need, keys in lists.items():
        assert len(set(keys)) == len(keys) == min(most, len(wanted[need]))
        assert set(keys) <= set(fairness.good_enough(wanted[need], most))


@given(asked, room)
def test_nobody_good_enough_is_left_out_where_there_is_room_for_somebody_shown_twice(wanted, most):
    lists = fairness.shared_out(wanted, {}, most)
    able = {need: fairness.good_enough(found, most) for need, found in wanted.items()}
    placed = {key for keys in lists.values() for key in keys}
    for key in {key for keys in able.values() for key in keys} - placed:
        assert all(len(lists[need]) == most for need in able if key in able[need])


@pytest.mark.django_db
def test_the_sweep_is_a_round_in_which_all_get_a_place(lekstede, cleo):
    offers = [make.offer(title=f"Lunch van keuken {name}") for name in "abcdefghij"]
    for _n in range(2):
        make.need(by=lekstede, title="Lunch voor zestig mensen")
    assert suggest_for_waiting() == 2
    on = Match.objects.filter(state="suggested").values_list("offer", flat=True)
    assert set(on) == {offer.pk for offer in offers}


@pytest.mark.django_db
def test_coordinators_read_how_attention_is_shared(lekstede, cleo):
    for name in "abcdef":
        make.offer(title=f"Lunch van keuken {name}")
    need = make.need(by=lekstede, title="Lunch voor zestig mensen")
    suggest_for(need.pk)
    (block,) = coordinator_figures(cleo, everywhere=True)
    rows = dict(block["rows"])
    assert (rows["0"], rows["1"], rows["2"]) == (1, 5, 0)
    assert list(rows.values())[-1] == "0.17"


@pytest.mark.django_db
def test_where_nothing_waits_there_is_nothing_to_share(lekstede, cleo):
    make.offer(title="Lunch van keuken a")
    assert coordinator_figures(cleo, everywhere=True)[0]["rows"] == []
