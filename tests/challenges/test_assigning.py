"""Sharing out: evenly, never across a conflict, and whoever knows the subject first."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.assigning import plan

PAIRS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 11)), max_size=20)


def loads(pairs, jurors):
    counted = Counter(juror for juror, _entry in pairs)
    return [counted[juror] for juror in jurors]


@given(entries=st.integers(0, 12), jurors=st.integers(1, 6), each=st.integers(1, 6), closed=PAIRS)
@settings(max_examples=150, deadline=None)
def test_every_entry_is_read_and_no_conflict_is_crossed(entries, jurors, each, closed):
    made = plan(range(entries), range(jurors), each, closed=closed)
    assert len(set(made)) == len(made)
    assert not set(made) & closed
    for entry in range(entries):
        free = sum((juror, entry) not in closed for juror in range(jurors))
        assert sum(e == entry for _juror, e in made) == min(each, free)


@given(entries=st.integers(1, 12), jurors=st.integers(1, 6), each=st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_without_conflicts_nobody_has_more_than_one_more_than_another(entries, jurors, each):
    counted = loads(plan(range(entries), range(jurors), each), range(jurors))
    assert max(counted) - min(counted) <= 1


def test_work_moves_along_a_chain_to_who_has_room():
    closed = {("c", 1), ("c", 2), ("c", 3), ("b", 4), ("a", 5), ("a", 6)}
    made = plan(range(1, 7), "abc", 1, closed=closed)
    assert max(loads(made, "abc")) - min(loads(made, "abc")) <= 1


def test_who_knows_the_subject_goes_first_when_the_load_is_equal():
    assert plan([1, 2], "ab", 1, fits={("b", 1), ("a", 2)}) == [("b", 1), ("a", 2)]


def test_what_stands_stays_and_only_what_is_missing_is_added():
    standing = {("a", 1), ("a", 2)}
    made = plan([1, 2, 3], "ab", 1, standing=standing)
    assert made == [("b", 3)]
    assert plan([1, 2], "ab", 2, standing=standing) == [("b", 1), ("b", 2)]


def test_what_somebody_who_left_had_read_counts_and_is_given_to_nobody():
    done = {("gone", 1)}
    assert plan([1, 2], "a", 1, done=done) == [("a", 2)]
    assert plan([1, 2], "a", 2, done=done) == [("a", 1), ("a", 2)]
