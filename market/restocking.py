"""The worker's share of the shelves: which organisations are due, and what fits them."""

from datetime import timedelta
from time import monotonic

from django.db.models import F, Max
from django.db.models.functions import Greatest

from factory import clock
from market.belonging import to_compare
from market.foryou import ForYou
from market.models import Listing, Shelf
from market.models.weighing import Weighing
from market.shelving import stamp_of
from partners.models import Membership, Organisation

MOST_SHELVED = 150  # of each side
MOST_AN_OFFER = 20  # needs; some of them may be gone or refused by the time it is read
OLDEST = timedelta(days=1)
A_FEW = 20  # organisations that are read at once
A_SWEEP = 10  # seconds, so that the worker's other work gets its turn


def put_ready(organisation, made_at):
    """Weigh the market for one organisation that was read at ``made_at``, and keep what fits."""
    you = ForYou(organisation, most=MOST_SHELVED, compares=True)
    you.keys()
    fits = sorted(you.fits.values(), key=_best_first)
    answers = {own: sorted(found, key=_best_first) for own, found in you.answers.items()}
    Shelf.objects.update_or_create(
        organisation_id=organisation.pk,
        defaults={
            "stamp": stamp_of(organisation),
            "fits": list(map(_written, fits)),
            "answers": {
                own: list(map(_written, found[:MOST_AN_OFFER])) for own, found in answers.items()
            },
            "made_at": made_at,
        },
    )


def refresh(seconds=A_SWEEP, most=None):
    """Put ready what is missing, a day old, or older than the market, for about so long; returns how many.

    ``most``: so many organisations at the most, if given.
    """
    stop, done = monotonic() + seconds, 0
    missing_first = sorted(_due(), key=lambda one: (one[0] is not None, one))
    due = [pk for _made_at, pk in missing_first][:most]
    while due[done:] and (done == 0 or monotonic() < stop):
        few = due[done : done + A_FEW]
        made_at = clock.now()  # what changes from here on makes the organisation due again
        for organisation in to_compare(Organisation.objects.active().filter(pk__in=few)):
            put_ready(organisation, made_at)
        done += len(few)
    return done


def _due():
    """``(made_at, organisation)`` of those with people, whose shelf no longer says how the market is."""
    newest = _newest()
    old = clock.now() - OLDEST
    people = Membership.objects.confirmed().values("organisation")
    rows = Organisation.objects.active().filter(pk__in=people)
    weighed = Weighing.objects.order_by("-pk").values_list("made_at", flat=True).first()
    sectors = {}
    for pk, sector in rows.values_list("pk", "sectors"):
        sectors.setdefault(pk, set()).add(sector)
    live = Listing.objects.public().filter(organisation__in=people)
    for pk, sector in live.values_list("organisation", "sector").order_by():
        sectors.setdefault(pk, set()).add(sector)
    rows = rows.annotate(checked_at=Max("credentials__checked_at"))
    for pk, made_at, *own in rows.values_list("pk", "shelf__made_at", "read_at", "checked_at"):
        moments = [newest[sector] for sector in sectors[pk] if sector in newest]
        changed = max([*moments, *filter(None, [*own, weighed])], default=old)
        if made_at is None or made_at < max(changed, old):
            yield made_at, pk


def _newest():
    """``{sector: when a listing in it came or changed last}``."""
    live = Listing.objects.public().values("sector").order_by()
    latest = live.annotate(latest=Greatest(Max("live_at"), Max(F("read_at"))))
    return dict(latest.values_list("sector", "latest"))


def _best_first(fit):
    return -fit.score, -fit.listing.pk


def _written(fit):
    listing, own = fit.listing, fit.own
    need, supplier, offer = fit.pair
    return {
        "listing": listing.pk,
        "version": listing.version,
        "need": need,
        "supplier": supplier,
        "offer": offer,
        "asked": (listing if listing.is_need else own).asked_proofs,
        "for_need": own.title if own is not None and own.is_need else "",
        "reasons": fit.reasons,
        "score": fit.score,
        "features": fit.features,
    }
