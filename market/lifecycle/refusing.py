"""An organisation says that a need or an offer is not for it, and takes that back."""

from django.db import transaction
from django.db.models import Q

from factory import clock
from market.lifecycle.match import moves
from market.lifecycle.suggesting import ADDED
from market.lifecycle.taking_off import take_off_what_waits
from market.models import Impression, Listing, Match, NotForUs

DECISION = "not_for_us"
State = Match.State


@moves.by_the_factory(State.SUGGESTED, to=State.DISMISSED)
def turn_away(match, *, by, reason):
    """The buyer says that this organisation, which has no offer here, is not for this need."""
    match.reason = reason
    return {"reason": str(reason)}


@turn_away.then
def is_kept_for_learning(match, event, *, reason):
    of_pair = Impression.objects.of_shortlists().filter(
        need=match.need, organisation=match.organisation
    )
    of_pair.filter(pk__in=of_pair.order_by("-pk").values("pk")[:1]).update(
        decision=DECISION, reason=reason, decided_at=event.at
    )


@transaction.atomic
def refuse(listing, organisation, *, by, reason):
    """Keep that ``listing`` is not for ``organisation``, and take what waits for a coordinator away.

    ``reason``: one of the codes in ``refusal.OFFERED``. Twice is once, with the last reason.
    """
    Listing.objects.select_for_update(no_key=True, of=("self",)).get(pk=listing.pk)
    said = {"reason": reason, "by": by, "at": clock.now()}
    NotForUs.objects.update_or_create(organisation=organisation, listing=listing, defaults=said)
    take_off_what_waits(_suggested(listing, organisation), by, Match.Reason.NOT_FOR_US)
    _remember(listing, organisation, by, reason)


@transaction.atomic
def take_refusal_back(listing, organisation):
    """It may be suggested again; a need of which it may be is looked at once more."""
    NotForUs.objects.filter(organisation=organisation, listing=listing).delete()
    _impressions(listing, organisation).filter(decision=DECISION).update(
        decision="", reason="", decided_at=None
    )
    if listing.is_need:
        Listing.objects.live().filter(pk=listing.pk).update(searched_at=None)


def _suggested(listing, organisation):
    """What the machine thought of and no coordinator has decided about yet."""
    pairs = {"need": listing, "organisation": organisation}
    if not listing.is_need:
        pairs = {"offer": listing, "buyer": organisation}
    return Match.objects.filter(state=Match.State.SUGGESTED, **pairs).order_by("pk")


def _impressions(listing, organisation):
    if listing.is_need:
        return Impression.objects.filter(need=listing, organisation=organisation)
    return Impression.objects.filter(offer=listing, need__organisation=organisation)


def _remember(listing, organisation, by, reason):
    """For a ranking that learns: a refusal of what was shown, or of what one found oneself."""
    said = {"decision": DECISION, "reason": reason, "decided_at": clock.now()}
    of_pair = _impressions(listing, organisation).order_by("-pk").values("pk")
    lists, pages = of_pair.filter(shown_for=None)[:1], of_pair.filter(shown_for=organisation)[:1]
    last = Impression.objects.filter(Q(pk__in=lists) | Q(pk__in=pages))
    if last.update(**said) or not listing.is_need:
        return
    Impression.objects.create(
        need=listing,
        organisation=organisation,
        rank=ADDED,
        score=0,
        shown_to=by,
        shown_at=clock.now(),
        **said,
    )
