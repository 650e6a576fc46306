"""What other weights would change: whom to invite to the last open calls, made anew from all who can answer."""

from dataclasses import dataclass

from challenges.answerers import INVITED_AT_ONCE, chosen, weighed
from challenges.models import Challenge
from challenges.weights import in_force
from factory import clock

LOOKED_AT = 5  # calls; each costs as many queries as the page of whom to invite


@dataclass
class Lists:
    """Who would be proposed for one call by the weights of now and by others, by name, the best first."""

    title: str
    now: list
    then: list


def preview(weights):
    """:class:`Lists` of the last open calls. Nothing is saved, and nobody is told."""
    calls = Challenge.objects.open().defer("search_nl", "search_en")
    calls = calls.select_related("region", "province").prefetch_related("themes", "goals")
    with clock.held():
        return [_both(call, weights) for call in calls.order_by("-published_at", "-pk")[:LOOKED_AT]]


def _both(call, weights):
    found = weighed(call)
    lists = [chosen(call, found, some, INVITED_AT_ONCE) for some in (in_force(), weights)]
    return Lists(call.title, *([one.organisation.name for one in some] for some in lists))
