"""What fits an organisation, as the worker put it ready, and what of it still holds at this very moment.

A visit reads one row. It counts only while the organisation's own listings and profile are as they were;
of each listing only while its words are as they were. What was refused, tried or taken off the market since
is not shown, however old the row is.
"""

import hashlib
from datetime import timedelta

from django.db.models import F, Max
from django.db.models.functions import Greatest

from factory import clock
from market.belonging import organisation_of, to_compare
from market.foryou import Fit, ForYou, place_shown
from market.models import Listing, Shelf
from partners.models import Membership, Organisation

MOST_SHELVED = 150  # of each side
OLDEST = timedelta(days=1)
A_SWEEP = 20  # organisations
MOST_ON_A_DESK = 3


def for_you(person):
    """What fits the organisation of a reader: from its shelf, else weighed now."""
    you = ForYou(organisation_of(person) if person.is_authenticated else None)
    shelf = getattr(you.organisation, "shelf", None)
    if shelf and shelf.stamp == stamp_of(you.organisation):
        you.shelved = still_there(shelf, you)
    return you


def stamp_of(organisation):
    """Of what a shelf holds: the organisation's own listings, where it works, what it does and says."""
    us = organisation
    known = [us.own_keys, us.sector_keys, us.area_keys, us.theme_marks]
    known += [us.kind, us.region_id, us.language, us.mission, us.description]
    return hashlib.blake2b(repr(known).encode(), digest_size=16).hexdigest()


def still_there(shelf, you):
    """``{listing: (version, Fit)}`` of a shelf, without what was tried since."""
    tried = set(you.organisation.tried_pairs)
    return {
        row["listing"]: (row["version"], _read(row))
        for row in shelf.fits
        if f"{row['need']}:{row['supplier']}" not in tried
    }


def put_ready(organisation):
    """Weigh the market for one organisation, and keep what fits."""
    made_at = clock.now()
    you = ForYou(organisation, most=MOST_SHELVED)
    you.keys()
    fits = sorted(you.fits.values(), key=lambda fit: (-fit.score, -fit.listing.pk))
    Shelf.objects.update_or_create(
        organisation_id=organisation.pk,
        defaults={
            "stamp": stamp_of(organisation),
            "fits": [_written(fit, organisation) for fit in fits],
            "made_at": made_at,
        },
    )


def refresh(most=A_SWEEP):
    """Put ready what is missing, a day old, or older than the market; returns how many."""
    missing_first = sorted(_due(), key=lambda one: (one[0] is not None, one))
    due = [pk for _made_at, pk in missing_first]
    for organisation in to_compare(Organisation.objects.active().filter(pk__in=due[:most])):
        put_ready(organisation)
    return min(len(due), most)


def _due():
    """``(made_at, organisation)`` of those with people, whose shelf no longer says how the market is."""
    newest = _newest()
    old = clock.now() - OLDEST
    people = Membership.objects.confirmed().values("organisation")
    rows = Organisation.objects.active().filter(pk__in=people)
    sectors = {}
    for pk, sector in rows.values_list("pk", "sectors"):
        sectors.setdefault(pk, set()).add(sector)
    live = Listing.objects.public().filter(organisation__in=people)
    for pk, sector in live.values_list("organisation", "sector").order_by():
        sectors.setdefault(pk, set()).add(sector)
    for pk, made_at, read_at in rows.values_list("pk", "shelf__made_at", "read_at"):
        moments = [newest[sector] for sector in sectors[pk] if sector in newest]
        changed = max([*moments, *filter(None, [read_at])], default=old)
        if made_at is None or made_at < max(changed, old):
            yield made_at, pk


def _newest():
    """``{sector: when a listing in it came or changed last}``."""
    live = Listing.objects.public().values("sector").order_by()
    latest = live.annotate(latest=Greatest(Max("live_at"), Max(F("read_at"))))
    return dict(latest.values_list("sector", "latest"))


def _written(fit, organisation):
    listing, own = fit.listing, fit.own
    need, supplier = (listing, organisation) if listing.is_need else (own, listing.organisation)
    return {
        "listing": listing.pk,
        "version": listing.version,
        "need": need.pk,
        "supplier": supplier.pk,
        "for_need": own.title if own is not None and own.is_need else "",
        "reasons": fit.reasons,
        "score": fit.score,
    }


def _read(row):
    return Fit(None, None, row["reasons"], row["score"], row["for_need"])


def desk_foryou(person):
    """What fits one's organisation best, for my desk; None for who belongs to none."""
    you = for_you(person) if person.roles else None
    if you is None or you.organisation is None:
        return None
    keys = you.keys()[:MOST_ON_A_DESK]
    found = Listing.objects.public().select_related("region", "province").in_bulk(keys)
    rows = [found[key] for key in keys if key in found]
    boxes = you.boxes(rows)
    items = [_item(row, boxes[row.pk]) for row in rows if row.pk in boxes]
    return {"items": items, "refusing": you.refusing()}


def _item(listing, box):
    return {
        "title": listing.title,
        "lang": listing.language,
        "url": listing.get_absolute_url(),
        "meta": f"{listing.get_kind_display()} · {place_shown(listing).name}",
        "box": box,
    }
