"""What a plain run takes of a long grid: of every row a few cases, other ones every day, all of them in the end.

``TEST_TURN`` (a number, usually of the day) stands at the head of a run and repeats it; ``make audit`` walks the whole
grid. Nothing is drawn by lot: in as many days as a row has cases, each case has had its turn.
"""

import os
from datetime import date

TURN = "TEST_TURN"
# Set here by the first process of a run, so that all workers go by the same day.
DAY = int(os.environ.setdefault(TURN, str(date.today().toordinal())))


def turn(cases, row=0, day=None):
    """The case of the row-th row whose turn it is; neighbouring rows have neighbouring cases."""
    return cases[((DAY if day is None else day) + row) % len(cases)]


def share(cases, of, row=0, day=None):
    """Every ``of``-th case of a row, in their own order: in ``of`` days all of them."""
    first = ((DAY if day is None else day) + row) % of
    return cases[first % max(min(of, len(cases)), 1) :: of]
