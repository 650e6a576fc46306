"""The ways in which a challenge ends early; each is something else, and each says why in public."""

from django.utils.translation import gettext as _

from challenges.forms import ReasonForm
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.objecting import somebody_objects
from challenges.lifecycle.people import entrants, invited_jurors, other_followers, owners_side
from challenges.models import Challenge, Entry
from challenges.models.entry import GONE
from challenges.rules import brings_it
from factory.moves import STAYS, itself
from factory.notices.telling import informs, warns
from partners.rules import is_coordinator

State = Challenge.State
# Who enters hears it among who follows, and by a move of their entry: the log of the mail tells nobody which.
EVERYBODY_ELSE = [warns(owners_side), warns(invited_jurors), informs(other_followers)]


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
    tells=EVERYBODY_ELSE,
)
def withdraw(challenge, *, by, reason):
    """The owner takes it back before the deadline."""
    challenge.reason = reason


def something_to_read(challenge):
    """Reasons why it cannot end as if nothing suitable came in: an entrant objects, or nobody read what did."""
    yield from somebody_objects(challenge)
    sent = challenge.entries.filter(state=Entry.State.SUBMITTED)
    if challenge.state == State.CLOSED and sent.exists():
        yield _("Plans were sent in and nobody has read them yet. Have the entries opened first.")


@moves.add(
    State.CLOSED,
    State.CHECKING,
    to=State.UNSUCCESSFUL,
    may=is_coordinator,
    form=ReasonForm,
    unless=something_to_read,
    tells=EVERYBODY_ELSE,
)
def end_without_entries(challenge, *, by, reason):
    """No suitable entry came in."""
    challenge.reason = reason


take_back.also({end_without_entries: itself})


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
    tells=EVERYBODY_ELSE,
)
def cancel(challenge, *, by, reason):
    """It is called off after the deadline, and why."""
    challenge.reason = reason


@entries_of.moves.by_the_factory(
    *(state for state in Entry.State if state not in GONE), to=STAYS, tells=[warns(entrants)]
)
def hear_it_ended(entry, *, by):
    """The challenge was withdrawn, called off or ended without an award: who enters hears so, and why."""


entries_of.take_back.also({hear_it_ended: itself})  # with the end of the challenge


def who_enters_hears_it(challenge, event, *, reason):
    for entry in challenge.entries.exclude(state__in=GONE):
        hear_it_ended(entry, on_behalf_of=event.whose)


for ends in (withdraw, end_without_entries, cancel):
    ends.then(who_enters_hears_it)
