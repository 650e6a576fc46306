"""What counts for how much between a call and a partner, as coordinators chose it last."""

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from challenges.models import CallWeighing

# What we started with.
WEIGHTS = {name: float(CallWeighing._meta.get_field(name).default) for name in CallWeighing.PARTS}


def in_force():
    """The weights of now: the last that a coordinator chose, else those we started with."""
    last = CallWeighing.objects.order_by("-pk").first()
    return last.weights if last else WEIGHTS


def last_chosen():
    """What was chosen last, or None, for a query that fetches something else (:func:`as_chosen` reads it)."""
    parts = JSONObject(**{name: name for name in CallWeighing.PARTS})
    return Subquery(CallWeighing.objects.order_by("-pk").values(parts=parts)[:1])


def as_chosen(parts):
    """As :func:`in_force`, of what :func:`last_chosen` fetched."""
    return {name: float(weight) for name, weight in parts.items()} if parts else WEIGHTS
