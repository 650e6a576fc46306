"""What counts for how much, and what another weighing would change."""

from itertools import groupby

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from market.matching import scoring
from market.models import Impression
from market.models.weighing import Weighing
from partners.scoring import in_order

LOOKED_AT = 50  # needs


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


def preview(weights):
    """Of the last needs with several suggestions: (how many, with another first, in another order)."""
    shown = Impression.objects.of_shortlists().exclude(features={}).filter(rank__gt=0)
    last = shown.order_by("-need").values_list("need", flat=True).distinct()[: 2 * LOOKED_AT]
    rows = shown.filter(need__in=list(last)).order_by("-need", "pk")
    found = [list(group) for _need, group in groupby(rows, key=lambda row: row.need_id)]
    found = [group for group in found if len(group) > 1][:LOOKED_AT]
    now = in_force()
    orders = [(_order(group, now), _order(group, weights)) for group in found]
    first = sum(old[0] != new[0] for old, new in orders)
    return len(orders), first, sum(old != new for old, new in orders)


def _order(group, weights):
    rated = [(row.pk, scoring.score(row.features, weights), 0) for row in group]
    return in_order(rated)
