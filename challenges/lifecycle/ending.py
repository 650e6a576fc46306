"""The ways in which a challenge ends early; each is something else, and each says why in public."""

from challenges.forms import ReasonForm
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.objecting import somebody_objects
from challenges.lifecycle.people import followers
from challenges.models import Challenge
from challenges.rules import brings_it
from factory.notices.telling import informs
from partners.rules import is_coordinator

State = Challenge.State


@moves.add(
    State.DRAFT,
    State.SUBMITTED,
    State.MORE,
    State.SHAPING,
    State.APPROVED,
    State.SCHEDULED,
    State.OPEN,
    State.PAUSED,
    to=State.WITHDRAWN,
    may=brings_it,
    form=ReasonForm,
    tells=[informs(followers)],
)
def withdraw(challenge, *, by, reason):
    """The owner takes it back before the deadline."""
    challenge.reason = reason


@moves.add(
    State.CLOSED,
    State.CHECKING,
    to=State.UNSUCCESSFUL,
    may=is_coordinator,
    form=ReasonForm,
    unless=somebody_objects,
    tells=[informs(followers)],
)
def end_without_entries(challenge, *, by, reason):
    """No suitable entry came in."""
    challenge.reason = reason


@moves.add(
    State.CLOSED,
    State.CHECKING,
    State.SCORING,
    State.CONSENSUS,
    State.COACHING,
    State.PITCHING,
    State.PROPOSED,
    State.DECIDED,
    State.NOTIFIED,
    State.AWARDED,
    to=State.CANCELLED,
    may=brings_it | is_coordinator,
    form=ReasonForm,
    final=True,
    tells=[informs(followers)],
)
def cancel(challenge, *, by, reason):
    """It is called off after the deadline, and why."""
    challenge.reason = reason
