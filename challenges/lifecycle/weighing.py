"""What coordinators let count when partners are proposed for a call."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import CallWeighing
from factory.journal.models import Event
from factory.texts import say


@transaction.atomic
def choose(weights, by, *, because):
    """Add the weights that count from now on, and write that down."""
    weights = {name: round(weight) for name, weight in weights.items()}
    made = CallWeighing.objects.create(made_by=by, because=because, **weights)
    Event.objects.record(made, "callweighing.choose", actor=by, details=weights)
    return made


say(
    {
        "callweighing.choose": (
            _("Let this count"),
            _("Other weights count for invitations from now on"),
        )
    }
)
