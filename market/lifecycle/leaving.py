"""Shortlists stay true: what nobody has decided about goes when its offer, or whose it is, leaves the market, and
its reasons are told anew when a need or an offer changes.
"""

from django.db.models import Q

from market.explaining import is_about_it, true_reasons
from market.lifecycle import listing as listings
from market.lifecycle.suggesting import look_again
from market.lifecycle.taking_off import by_name, take_off_what_waits, waiting
from market.matching.meaning import nearness_between
from market.matching.recall import still_answers
from market.models import Listing, Match
from partners import lifecycle as organisations

RELATED = (
    "need__region", "need__sector", "need__repeats", "organisation__region", "offer__region", "offer__sector",
)  # fmt: skip


def offer_is_gone(listing, event, **details):
    if not listing.is_need:
        _take_off(event, offer=listing)


def organisation_is_gone(organisation, event, **details):
    _take_off(event, organisation=organisation)


def what_they_posted_goes(organisation, event, **details):
    """Whoever comes next finds nothing of theirs on the market, nor half typed."""
    theirs = organisation.listings.filter(state__in=listings.STILL_THEIRS).order_by("pk")
    for listing in theirs:
        listings.go_with_them(listing, on_behalf_of=event.whose)
    organisation.drafts.all().delete()


def organisation_is_back(organisation, event, **details):
    """Its offers are read once more, and then needs with room are looked for again."""
    offers = Listing.objects.live().offers().filter(organisation=organisation).order_by("pk")
    offers.update(read_at=None)


def _take_off(event, **whose):
    matches = list(waiting(**whose))
    # Before the matches, as everywhere; the place that comes free is for somebody else.
    look_again(Listing.objects.filter(pk__in=[match.need_id for match in matches]), room=False)
    take_off_what_waits(matches, event.whose, Match.Reason.GONE)


def what_changed_is_looked_at_anew(listing, event, **details):
    """Of a need its whole shortlist, of an offer wherever it stands: what no longer fits goes, the rest is told anew.

    Whatever stays on a need's list, it is looked for once more: somebody may answer its new words much better.
    """
    if listing.state != Listing.State.LIVE:
        return
    listed = list(waiting().filter(Q(need=listing) | Q(offer=listing)).select_related(*RELATED))
    unfit = [match for match in listed if not (_still_fits(match) or by_name(match))]
    # Before the matches, as everywhere.
    again = {match.need_id for match in unfit} | ({listing.pk} if listing.is_need else set())
    look_again(Listing.objects.filter(pk__in=again), room=False)
    take_off_what_waits(unfit, event.whose, Match.Reason.NO_FIT)
    for match in listed:
        waiting(pk=match.pk).update(reasons=match.reasons)


def _still_fits(match):
    """Whether a search could still come up with this pair and say why; its reasons are made anew."""
    need, supplier, offer = match.need, match.organisation, match.offer
    match.reasons = true_reasons(need, supplier, offer, nearness_between(match))
    codes = {reason["code"] for reason in match.reasons}
    known = "delivered_before" in codes and "credential_missing" not in codes
    found = known or still_answers(need, supplier, offer)
    return found and any(map(is_about_it, match.reasons))


for move in (
    listings.pause,
    listings.expire,
    listings.fill,
    listings.withdraw,
    listings.go_with_them,
    listings.take_down,
):
    move.then(offer_is_gone)
organisations.give_back.then(what_they_posted_goes)
for move in (organisations.suspend, organisations.leave, organisations.give_back):
    move.then(organisation_is_gone)
organisations.reinstate.then(organisation_is_back)
listings.revise.then(what_changed_is_looked_at_anew)
