"""How an objection lives: lodged, found right or not by the organisation, or taken back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle.people import coordinators, entrants, those_who_decide
from challenges.models import Challenge, Entry, Objection
from challenges.models.states import JUDGED
from challenges.objecting_forms import SettleForm
from challenges.outcome import standing_decision
from challenges.rules import decides_on_the_award, enters_it
from factory import clock
from factory.files.keeping import keep
from factory.moves import Moves, itself
from factory.notices.telling import warns
from factory.texts import say
from partners.rules import is_coordinator

State = Objection.State
BROUGHT_BY = enters_it | decides_on_the_award | is_coordinator

moves = Moves(Objection)


def the_term_runs(objection):
    """Reasons why nothing can be brought now; who is excluded need not wait for the letter."""
    state = Challenge.objects.get(pk=objection.challenge_id).state
    excluded = Entry.objects.filter(pk=objection.entry_id, state=Entry.State.EXCLUDED)
    if state != Challenge.State.NOTIFIED and not (state in JUDGED and excluded.exists()):
        yield _("This can be done from the letter on until the term is over.")


@moves.begin(
    to=State.OPEN,
    may=BROUGHT_BY,
    unless=the_term_runs,
    tells=[warns(those_who_decide), warns(coordinators)],
)
def lodge(objection, *, by, kind, text="", paper=None, received_date=None):
    """An entrant objects, or goes to court; until that is settled nothing becomes final."""
    told = Challenge.objects.get(pk=objection.challenge_id).state == Challenge.State.NOTIFIED
    objection.decision = standing_decision(objection.challenge) if told else None
    objection.kind, objection.text, objection.lodged_by = kind, text, by
    objection.received_date = received_date or clock.today()
    if paper:
        objection.paper = keep(paper, by=by, holder=objection.entry.organisation)


@lodge.then
def the_paper_belongs_to_it(objection, event, **details):
    if objection.paper:
        objection.paper.attach(objection)


def is_settled(objection):
    """Nobody decides on it any more."""
    objection.settled_at = clock.now()


take_back = moves.take_back(
    may=is_coordinator,
    undoes={lodge: itself},
    born={lodge: State.WITHDRAWN},
    tidy=is_settled,
)


def settled(objection, reason):
    """It was decided on."""
    objection.reason, objection.settled_at = reason, clock.now()


@moves.add(
    State.OPEN,
    to=State.DISMISSED,
    may=decides_on_the_award,
    form=SettleForm,
    tells=[warns(entrants), warns(coordinators)],
)
def dismiss(objection, *, by, reason):
    """It is not right, and why; the decision stands."""
    settled(objection, reason)


@moves.add(
    State.OPEN,
    to=State.UPHELD,
    may=decides_on_the_award,
    form=SettleForm,
    tells=[warns(entrants), warns(coordinators)],
)
def uphold(objection, *, by, reason):
    """It is right, and why; who was excluded comes back (:mod:`challenges.lifecycle.coming_back`)."""
    settled(objection, reason)


@moves.add(
    State.OPEN,
    to=State.WITHDRAWN,
    may=enters_it | is_coordinator,
    final=True,
    tells=[warns(those_who_decide), warns(coordinators)],
)
def withdraw(objection, *, by):
    """The entrant takes it back."""
    objection.settled_at = clock.now()


say(
    {
        "objection.lodge": (gettext_lazy("Object"), gettext_lazy("Objection sent in")),
        "objection.take_back": (gettext_lazy("Take back"), gettext_lazy("Taken back")),
        "objection.dismiss": (
            gettext_lazy("The objection is not right"),
            gettext_lazy("The objection is not right"),
        ),
        "objection.uphold": (
            gettext_lazy("The objection is right"),
            gettext_lazy("The objection is right"),
        ),
        "objection.withdraw": (gettext_lazy("Withdraw"), gettext_lazy("Withdrawn")),
    }
)
