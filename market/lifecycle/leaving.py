"""Shortlists stay true: what nobody has decided about goes when its offer, or whose it is, leaves the market, and
its reasons are told anew when a need or an offer changes.
"""

from contextlib import suppress

from django.db.models import Q

from factory.moves import NotNow
from market.explaining import true_reasons
from market.lifecycle import listing as listings
from market.lifecycle.match import moves
from market.lifecycle.suggesting import look_again
from market.models import Listing, Match
from partners import lifecycle as organisations

State = Match.State


@moves.by_the_factory(State.SUGGESTED, to=State.LAPSED)
def take_off(match, *, by, reason):
    """It goes from the shortlist before anybody was asked; never one that was approved in the meantime."""
    match.reason = reason
    return {"reason": str(reason)}


def take_off_what_waits(matches, on_behalf_of, reason):
    """Each its own move; whichever a coordinator approves at this very moment stays."""
    for match in matches:
        with suppress(NotNow):
            take_off(match, on_behalf_of=on_behalf_of, reason=reason)


def waiting(**whose):
    """What stands on a shortlist and was not put to anybody yet, in lock order."""
    return Match.objects.filter(state=Match.State.SUGGESTED, **whose).order_by("pk")


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


def reasons_are_told_anew(listing, event, **details):
    """Of a need its whole shortlist, of an offer wherever it stands; a need is looked for once more."""
    if listing.state != Listing.State.LIVE:
        return
    related = (
        "need__region",
        "need__sector",
        "organisation__region",
        "offer__region",
        "offer__sector",
    )
    for match in waiting().filter(Q(need=listing) | Q(offer=listing)).select_related(*related):
        match.reasons = true_reasons(match.need, match.organisation, match.offer)
        Match.objects.filter(pk=match.pk, state=Match.State.SUGGESTED).update(reasons=match.reasons)
    if listing.is_need:
        look_again(Listing.objects.filter(pk=listing.pk))


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
listings.revise.then(reasons_are_told_anew)
