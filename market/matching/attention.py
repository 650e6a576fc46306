"""How much the market asks of organisations now: on how many shortlists they stand, and how many of those are new."""

from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Now

from market.models import Match

A_WEEK = timedelta(days=7)


def waiting(organisations):
    """``{organisation: shortlists on which it waits for a coordinator}``, by key."""
    return _counted(organisations, Q(state=Match.State.SUGGESTED))


def on_shortlists(needs):
    """``{need: how many stand on its shortlist}``, by key."""
    rows = Match.objects.filter(state=Match.State.SUGGESTED, need__in=needs).order_by()
    counted = dict(rows.values("need").values_list("need", Count("pk")))
    return {need: counted.get(need, 0) for need in needs}


def suggested_lately(organisations):
    """``{organisation: how often it was suggested within a week}``, by key; dismissed ones do not count."""
    fresh = Q(created_at__gt=Now() - A_WEEK) & ~Q(state=Match.State.DISMISSED)
    return _counted(organisations, fresh)


def _counted(organisations, which):
    rows = Match.objects.filter(which, organisation__pk__among=set(organisations)).order_by()
    return dict(
        rows.values("organisation").annotate(n=Count("pk")).values_list("organisation", "n")
    )
