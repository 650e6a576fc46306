"""A plain run walks a part of the long grids; after some days it has walked all of them."""

import pytest

from tests.shape.doors import ROLES
from tests.turns import share, turn

CASES = list("abcdefg")


@pytest.mark.parametrize("row", [0, 5])
def test_in_as_many_days_as_there_are_cases_each_has_its_turn(row):
    assert {turn(CASES, row, day) for day in range(len(CASES))} == set(CASES)


@pytest.mark.parametrize("row", [0, 5])
@pytest.mark.parametrize("cases", [CASES, ROLES, ["only"], ["one", "two"]])
def test_in_three_days_every_case_was_in_a_share_and_no_share_is_empty(cases, row):
    shares = [share(cases, 3, row, day) for day in range(3)]
    assert all(shares)
    assert {case for part in shares for case in part} == set(cases)


def test_on_one_day_the_rows_have_different_cases():
    assert len({turn(CASES, row, 0) for row in range(len(CASES))}) == len(CASES)
