"""What counts for how much."""

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from market.matching import scoring
from market.models.weighing import Weighing


def in_force():
    """The weights of now: the last that a coordinator chose, else those we started with."""
    last = Weighing.objects.order_by("-pk").first()
    return last.weights if last else scoring.WEIGHTS


def last_chosen():
    """What a coordinator chose last, or None, for a query that fetches something else (:func:`as_chosen` reads it)."""
    parts = JSONObject(**{name: name for name in Weighing.PARTS})
    return Subquery(Weighing.objects.order_by("-pk").values(parts=parts)[:1])


def as_chosen(parts):
    """As :func:`in_force`, of what :func:`last_chosen` fetched."""
    return {name: float(weight) for name, weight in parts.items()} if parts else scoring.WEIGHTS
