"""How an award lives: proposed by the jury, decided by who has the mandate, final after the term."""

from django.utils.translation import gettext as _

from challenges.forms import ReasonForm
from challenges.lifecycle import entry as entries
from challenges.lifecycle.people import coordinators, those_who_decide
from challenges.models import Award, Challenge
from challenges.rules import enters_it
from factory import clock
from factory.moves import Moves, is_the_factory
from factory.notices.telling import warns

State = Award.State
moves = Moves(Award)


def nobody_heard_yet(award):
    """Reasons why it cannot be turned down: it was not told, or a contract was signed on it."""
    if award.challenge.state == Challenge.State.DECIDED:
        yield _("The entrants have not been told yet.")
    if award.contracts.filter(state__in=["signed", "completed"]).exists():
        yield _("A contract was signed. Ask the other side to end it early.")


@moves.begin(to=State.PROPOSED, may=is_the_factory)
def put_forward(award, *, by):
    """The jury proposes an amount for an entry."""
    award.challenge_id = award.entry.challenge_id


@moves.by_the_factory(State.PROPOSED, to=State.DROPPED)
def drop(award, *, by):
    """The jury proposes something else."""


@moves.by_the_factory(State.PROPOSED, to=State.DECIDED)
def grant(award, *, by):
    """Who has the mandate decided on it."""
    award.decided_at = clock.now()


@moves.by_the_factory(State.DECIDED, to=State.FINAL)
def settle(award, *, by):
    """The term is over: it stands."""


@moves.by_the_factory(State.DECIDED, to=State.REVOKED)
def revoke(award, *, by):
    """The decision is made anew."""


@moves.add(
    State.DECIDED,
    State.FINAL,
    to=State.DECLINED,
    may=enters_it,
    form=ReasonForm,
    unless=nobody_heard_yet,
    final=True,
    tells=[warns(those_who_decide), warns(coordinators)],
)
def decline(award, *, by, reason):
    """The winner turns it down, and says why."""
    award.reason = reason


@decline.then
def the_entry_gives_up(award, event, **details):
    entries.give_up(award.entry, on_behalf_of=event.whose)
