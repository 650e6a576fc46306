"""A contract that a coordinator drew up by mistake ends before anybody heard of it."""

from django.utils.translation import gettext as _

from challenges.lifecycle.contract import State, draw_up, moves
from factory.moves import itself
from partners.rules import is_coordinator


def was_a_mistake(contract):
    """Why it ended, for both sides to read."""
    contract.reason = _("It was drawn up by mistake.")


take_back = moves.take_back(
    may=is_coordinator,
    undoes={draw_up: itself},
    born={draw_up: State.ENDED},
    tidy=was_a_mistake,
)
