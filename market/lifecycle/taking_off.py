"""From the shortlist before anybody was asked: of what nobody has decided about yet, and so told to nobody."""

from contextlib import suppress

from factory.moves import NotNow
from market.lifecycle.match import moves
from market.models import Match

State = Match.State


@moves.by_the_factory(State.SUGGESTED, to=State.LAPSED)
def take_off(match, *, by, reason):
    """It goes from the shortlist before anybody was asked; never one that was approved in the meantime."""
    match.reason = reason
    return {"reason": str(reason)}


def take_off_what_waits(matches, on_behalf_of, reason):
    """Each its own move; whichever a coordinator approves at this very moment stays."""
    for match in matches:
        with suppress(NotNow):
            take_off(match, on_behalf_of=on_behalf_of, reason=reason)


def by_name(match):
    """Whether a coordinator put it on the list: the machine ranks what it thought of itself, and takes off no other."""
    return match.rank is None


def waiting(**whose):
    """What stands on a shortlist and was not put to anybody yet, in lock order."""
    return Match.objects.filter(state=State.SUGGESTED, **whose).order_by("pk")
