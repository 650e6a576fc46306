"""Moves that are shown only where they have something to work on."""

ONLY_WITH_WORK = ("pay_fee", "change_days")


def is_idle(move, challenge):
    """Whether it has nothing to work on: a fee is paid where one is owed, a day changes that is still to come."""
    return move.name in ONLY_WITH_WORK and bool(move.missing(challenge))
