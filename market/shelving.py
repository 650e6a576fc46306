"""What fits an organisation, as the worker put it ready, and what of it still holds at this very moment.

A visit reads one row. It counts only while the organisation's own listings and profile are as they were;
of each listing only while its words are as they were. What was refused, tried or taken off the market since
is not shown, however old the row is.
"""

import hashlib

from market.belonging import organisation_of
from market.foryou import Fit, ForYou, place_shown
from market.models import Listing
from partners.holding import held_by

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
    """``{listing: (version, Fit)}`` of a shelf, without what was tried since or lost its recognition."""
    tried = set(you.organisation.tried_pairs)
    asking = {row["supplier"] for row in shelf.fits if row.get("asked")}
    held = held_by(asking) if asking else {}
    return {
        row["listing"]: (row["version"], _read(row))
        for row in shelf.fits
        if f"{row['need']}:{row['supplier']}" not in tried
        and set(row.get("asked", ())) <= held.get(row["supplier"], {}).keys()
    }


def _read(row):
    return Fit(None, None, row["reasons"], row["score"], row["for_need"])


def desk_foryou(person):
    """What fits one's organisation best, for my desk, once the worker put it ready; None for who belongs to none."""
    you = for_you(person) if person.roles else None
    if you is None or you.organisation is None or you.shelved is None:
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
