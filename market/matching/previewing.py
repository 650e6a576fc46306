"""What other weights would change: the shortlists of the last needs, made anew from all who can answer."""

from dataclasses import dataclass

from market.matching import scoring
from market.matching.attention import waiting
from market.matching.ranking import ON_A_SHORTLIST, weighed
from market.matching.weights import in_force
from market.models import Listing, Match
from partners import fairness
from partners.attention import had_enough
from partners.models import Organisation

LOOKED_AT = 10  # needs; each costs as many queries as suggesting for it, whatever the market holds


@dataclass
class Lists:
    """Who would stand on the shortlist of one need by the weights of now and by others, by name, the best first."""

    title: str
    now: list
    then: list


def preview(weights):
    """:class:`Lists` of the last needs that have a shortlist. Nothing is saved, and nobody is told."""
    listed = Match.objects.filter(state=Match.State.SUGGESTED).values("need")
    needs = Listing.objects.live().needs().filter(pk__in=listed).order_by("-live_at", "-pk")
    needs = needs.select_related("region", "province", "sector", "repeats")
    found = [(need, *_both(need, in_force(), weights)) for need in needs[:LOOKED_AT]]
    keys = {pk for _need, now, then in found for pk in (*now, *then)}
    names = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        Lists(need.title, *([names[pk] for pk in some] for some in two)) for need, *two in found
    ]


def _both(need, now, then):
    """Who of its line of work would stand on its list, as if nobody did yet: by these weights and by those."""
    need.chosen_anew = True
    found = {pk: one.features for pk, one in weighed(need).items() if one.features["sector"]}
    here = set(
        need.matches.filter(state=Match.State.SUGGESTED).values_list("organisation", flat=True)
    )
    shown = {pk: times - (pk in here) for pk, times in waiting(found).items()}
    resting = had_enough(found) - here
    able = {pk: features for pk, features in found.items() if pk not in resting}
    for weights in (now, then):
        scores = {pk: scoring.score(features, weights) for pk, features in able.items()}
        yield fairness.chosen(scores, shown, ON_A_SHORTLIST)
