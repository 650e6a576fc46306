"""What fits an organisation, as the worker put it ready, and what of it still holds at this very moment.

A visit reads one row. It counts only while the organisation's own listings and profile are as they were;
of each listing only while its words are as they were. What was refused, tried or taken off the market since
is not shown, however old the row is.
"""

import hashlib

from market.belonging import organisation_of, to_compare
from market.foryou import Fit, ForYou
from market.models import Listing
from market.pairing import place_shown
from market.showing import brought_up, seen
from partners.holding import held_by
from partners.models import Organisation
from partners.whose import ROLES

MOST_ON_A_DESK = 3
MOST_BESIDE_AN_OFFER = 5
LOOKED_AT = 40  # of what was put ready


def for_you(person):
    """What fits the organisation of a reader: from its shelf, else weighed now."""
    you = ForYou(organisation_of(person) if person.is_authenticated else None)
    shelf = getattr(you.organisation, "shelf", None)
    if shelf and shelf.stamp == stamp_of(you.organisation):
        you.shelved = still_there(shelf.fits, you)
    return you


def for_offer(offer, decides):
    """What fits one offer of one's own, as it was put ready; ``shelved`` is None until it is."""
    you = ForYou(to_compare(Organisation.objects.filter(pk=offer.organisation_id)).get())
    you.organisation.closeness = 0 if decides else len(ROLES)
    shelf = getattr(you.organisation, "shelf", None)
    if shelf and shelf.stamp == stamp_of(you.organisation):
        you.shelved = still_there(shelf.answers.get(str(offer.pk), ()), you)
    return you


def stamp_of(organisation):
    """Of what a shelf holds: the organisation's own listings, where it works, what it does and says."""
    us = organisation
    known = [us.own_keys, us.sector_keys, us.area_keys, us.theme_marks]
    known += [us.kind, us.region_id, us.language, us.mission, us.description]
    return hashlib.blake2b(repr(known).encode(), digest_size=16).hexdigest()


def still_there(rows, you):
    """``{listing: (version, Fit)}`` of what was put ready, without what was tried since or lost its recognition."""
    tried = set(you.organisation.tried_pairs)
    asking = {row["supplier"] for row in rows if row.get("asked")}
    held = held_by(asking) if asking else {}
    return {
        row["listing"]: (row["version"], _read(row))
        for row in rows
        if f"{row['need']}:{row['supplier']}" not in tried
        and set(row.get("asked", ())) <= held.get(row["supplier"], {}).keys()
    }


def _read(row):
    pair = (row["need"], row["supplier"], row.get("offer"))
    features = row.get("features", {})
    return Fit(None, None, row["reasons"], row["score"], row["for_need"], pair, features)


def desk_foryou(person):
    """What fits one's organisation best, for my desk, once the worker put it ready; None for who belongs to none."""
    you = for_you(person) if person.roles else None
    if you is None or you.organisation is None or you.shelved is None:
        return None
    rows = brought(you, MOST_ON_A_DESK)
    return {
        "items": [_item(row, you.box(fit, row)) for row, fit in rows],
        "refusing": you.refusing(),
        "seen": lambda request: seen(request, you, _keyed(rows), put=True),
    }


def beside_offer(request, offer, decides):
    """``(items, refusing)`` for the page of an offer, for whose it is; items is None while it is not ready."""
    you = for_offer(offer, decides)
    if you.shelved is None:
        return None, None
    rows = brought(you, MOST_BESIDE_AN_OFFER)
    seen(request, you, _keyed(rows), put=True)
    refused = [one for one in you.said_no if one.listing.is_need]
    return [_item(row, you.box(fit, row)) for row, fit in rows], you.refusing(refused)


def brought(you, most):
    """``[(listing, Fit)]`` of what the site may bring up by itself, the best first."""
    found = Listing.objects.public().select_related("region", "province")
    found = found.defer("search_nl", "search_en", "text").in_bulk(list(you.shelved)[:LOOKED_AT])
    there = {key: you.put_ready(found[key]) for key in you.shelved if key in found}
    keys = brought_up(you, [key for key, fit in there.items() if fit], most)
    return [(found[key], there[key]) for key in keys]


def _keyed(rows):
    return [(row.pk, fit) for row, fit in rows]


def _item(listing, box):
    return {
        "title": listing.title,
        "lang": listing.language,
        "url": listing.get_absolute_url(),
        "meta": f"{listing.get_kind_display()} · {place_shown(listing).name}",
        "box": box,
    }
