"""What coordinators let count: weights chosen by hand, and a learnt ranking switched on and off."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from factory.journal.models import Event
from factory.moves import Moves, is_the_factory
from factory.texts import say
from market.matching.weights import in_force
from market.models import Learnt, Weighing
from partners.rules import is_coordinator

State = Learnt.State

moves = Moves(Learnt)


@moves.begin(to=State.MEASURED, may=is_the_factory)
def learn(learnt, *, by):
    """A ranking was fitted on decisions and tried on later ones."""
    return {"needs": learnt.needs, "decisions": learnt.decisions}


def is_not_better(learnt):
    """Reasons why it cannot be switched on."""
    if not learnt.is_better:
        yield _(
            "It is not surely better than the weights of now: the difference may be zero or less."
        )


@moves.add(
    State.MEASURED, State.PUT_AWAY, to=State.IN_USE, may=is_coordinator, unless=is_not_better
)
def switch_on(learnt, *, by):
    """From now on suggestions are ranked by what was learnt."""
    for other in Learnt.objects.in_use().order_by("pk"):
        give_way(other, on_behalf_of=by)
    learnt.before = _whole(in_force())
    return {"weighing": weigh(learnt.weights, by, because=str(learnt)).pk}


@moves.add(State.IN_USE, to=State.PUT_AWAY, may=is_coordinator)
def switch_off(learnt, *, by):
    """Back to what counted before."""
    return {"weighing": weigh(learnt.before, by, because=str(learnt)).pk}


@moves.by_the_factory(State.IN_USE, to=State.PUT_AWAY)
def give_way(learnt, *, by):
    """A coordinator chose something else."""


@transaction.atomic
def choose(weighing, *, by):
    """A coordinator chooses the weights by hand; a learnt ranking gives way."""
    for learnt in Learnt.objects.in_use().order_by("pk"):
        give_way(learnt, on_behalf_of=by)
    return weigh(weighing.weights, by, because=weighing.because)


def weigh(weights, by, *, because):
    """Add the weights that count from now on, and write that down."""
    weights = _whole(weights)
    made = Weighing.objects.create(made_by=by, because=because, **weights)
    Event.objects.record(made, "weighing.choose", actor=by, details=weights)
    return made


@transaction.atomic
def pair_up(pair, *, by):
    """A coordinator says that two sectors are close, or how close."""
    if pair.one_id > pair.other_id:
        pair.one, pair.other = pair.other, pair.one
    pair.save()
    Event.objects.record(pair, "sectorpair.set", actor=by, details=_of(pair))


@transaction.atomic
def part(pair, *, by):
    """A coordinator says that they are not."""
    Event.objects.record(pair, "sectorpair.drop", actor=by, details=_of(pair))
    pair.delete()


def _of(pair):
    return {"one": pair.one_id, "other": pair.other_id, "fit": pair.fit}


def _whole(weights):
    return {name: round(weight) for name, weight in weights.items()}


say(
    {
        "learnt.learn": (_("Learn"), _("Learnt and measured")),
        "learnt.switch_on": (_("Rank by this from now on"), _("Switched on")),
        "learnt.switch_off": (_("Back to what counted before"), _("Switched off")),
        "learnt.give_way": (_("Give way"), _("Other weights were chosen")),
        "sectorpair.set": (_("These are close"), _("Two sectors are close")),
        "sectorpair.drop": (_("Not close"), _("Two sectors are not close any more")),
        "weighing.choose": (_("Let this count"), _("Other weights count from now on")),
    }
)
