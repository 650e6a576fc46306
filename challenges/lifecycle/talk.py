"""How a talk about the outcome lives: asked for by an entrant, planned, held."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle.people import coordinators, entrants, those_who_decide
from challenges.models import Letter, Talk
from challenges.objecting_forms import PlanForm
from challenges.rules import decides_on_the_award, enters_it
from factory.moves import Moves, itself
from factory.notices.telling import asks, informs, warns
from factory.texts import say
from partners.rules import is_coordinator

State = Talk.State

moves = Moves(Talk)


def has_a_letter(talk):
    """Reasons why no talk can be asked for now."""
    if not Letter.objects.current().filter(entry=talk.entry_id).exists():
        yield _("This can be done once you have your letter.")
    if Talk.objects.to_come().filter(entry=talk.entry_id).exists():
        yield _("You asked for a talk already.")


@moves.begin(
    to=State.ASKED,
    may=enters_it,
    unless=has_a_letter,
    tells=[asks(those_who_decide, "plan"), informs(coordinators)],
)
def ask(talk, *, by, question=""):
    """An entrant wants to hear more."""
    talk.asked_by, talk.question = by, question


@moves.add(
    State.ASKED,
    to=State.PLANNED,
    may=decides_on_the_award | is_coordinator,
    form=PlanForm,
    tells=[warns(entrants)],
)
def plan(talk, *, by, planned_at, place):
    """When it is, and where or how."""
    talk.planned_at, talk.place = planned_at, place


take_back = moves.take_back(may=is_coordinator, undoes={plan: itself})


@moves.add(State.PLANNED, to=State.HELD, may=decides_on_the_award | is_coordinator)
def hold(talk, *, by):
    """It took place."""


@moves.add(
    State.ASKED,
    State.PLANNED,
    to=State.CALLED_OFF,
    may=enters_it,
    tells=[informs(those_who_decide)],
)
def call_off(talk, *, by):
    """It is not needed any more."""


say(
    {
        "talk.ask": (gettext_lazy("Ask for a talk"), gettext_lazy("Asked for a talk")),
        "talk.plan": (gettext_lazy("Say when"), gettext_lazy("Planned")),
        "talk.take_back": (gettext_lazy("Take back"), gettext_lazy("Taken back")),
        "talk.hold": (gettext_lazy("It took place"), gettext_lazy("The talk took place")),
        "talk.call_off": (gettext_lazy("Call it off"), gettext_lazy("Called off")),
    }
)
