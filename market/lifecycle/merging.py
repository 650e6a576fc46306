"""What the market does when two organisations become one: their needs, offers and matches are the other's."""

from itertools import groupby

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.texts import say
from market.lifecycle.match import moves
from market.models import Draft, Listing, Match
from market.models.match import OPEN

State = Match.State
SETTLED = (State.AGREED, State.DISPUTED)  # the two sides owe each other something
ORDER = (State.SUGGESTED, State.APPROVED, State.INTRODUCED, *SETTLED)
PARTIES = "match_buyer_posted_the_need, match_supplier_posted_the_offer"


@moves.by_the_factory(State.SUGGESTED, State.APPROVED, State.INTRODUCED, to=State.LAPSED)
def fold(match, *, by):
    """Two organisations became one: this match was with itself, or goes on as another one."""
    match.reason = Match.Reason.MERGED
    return {"reason": str(match.reason)}


def stops(gone, stays):
    """Why these two cannot be one on the market, each in a sentence."""
    for match in between(gone, stays).filter(state__in=(*SETTLED, State.COMPLETED)):
        words = _(
            "They made an agreement with each other: “%(need)s”. Who deals with each other is two."
        )
        yield words % {"need": match.need.title}
    for one, other in twice(gone, stays):
        if one.state in SETTLED and other.state in SETTLED:
            words = _("Both have an agreement for “%(need)s”. Finish or cancel one of them first.")
            yield words % {"need": one.need.title}


def between(gone, stays):
    """The matches in which the one is the buyer and the other the supplier."""
    pair = [gone.pk, stays.pk]
    return Match.objects.filter(buyer__in=pair, organisation__in=pair).select_related("need")


def twice(gone, stays):
    """Pairs of open matches, one of each organisation, for the same need."""
    opened = Match.objects.open().filter(organisation__in=[gone.pk, stays.pk])
    other = opened.filter(need=OuterRef("need")).exclude(pk=OuterRef("pk"))
    rows = opened.filter(Exists(other)).select_related("need").order_by("need", "pk")
    return [tuple(pair) for _need, pair in groupby(rows, key=lambda match: match.need_id)]


def merge_organisation(gone, stays):
    """Fold what cannot be there twice, then let everything that is the one's be the other's."""
    _lock(gone, stays)
    for match in between(gone, stays).filter(state__in=OPEN).order_by("need", "pk"):
        fold(match)
    for one, other in twice(gone, stays):
        fold(min(one, other, key=lambda match: ORDER.index(match.state)))
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {PARTIES} DEFERRED")
        Listing.objects.filter(organisation=gone).update(organisation=stays)
        Match.objects.filter(buyer=gone).update(buyer=stays)
        Match.objects.filter(organisation=gone).update(organisation=stays)
        cursor.execute(f"SET CONSTRAINTS {PARTIES} IMMEDIATE")
    Draft.objects.filter(organisation=gone).update(organisation=stays)


def _lock(gone, stays):
    """Listings before matches, each by number: the house's order."""
    pair = [gone.pk, stays.pk]
    listings = Listing.objects.filter(organisation__in=pair).order_by("pk")
    list(listings.select_for_update(no_key=True).values_list("pk"))
    matches = Match.objects.filter(organisation=gone) | Match.objects.filter(buyer=gone)
    list(matches.order_by("pk").select_for_update(no_key=True).values_list("pk"))


say({"match.fold": (gettext_lazy("Fold"), gettext_lazy("Went on as another match"))})
