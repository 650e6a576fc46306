"""Whether a need and an offer of one of two sides go together, by what strangers may know of where the need lies."""

from market.matching.distances import km_between
from market.matching.filtering import VALUE_SPREAD
from market.matching.sectors import close_pairs

PLACING = {"same_place", "same_province", "delivers_here", "far"}  # they tell where a need lies


def are_read(need, supplier, offer):
    """Whether what they say now was read; of what was changed since nothing old is compared."""
    return need.read_at and (offer or supplier).read_at


def keys_of(need, supplier, offer):
    """The keys of a pair."""
    return need.pk, supplier.pk, offer and offer.pk


def reaches(offer, need):
    """Whether an offer comes to the place of a need, and is of about its size."""
    if need.value_cents and offer.value_cents:
        low, high = need.value_cents // VALUE_SPREAD, need.value_cents * VALUE_SPREAD
        if not low <= offer.value_cents <= high:
            return False
    if offer.nationwide:
        return True
    if offer.reach_km is None:
        return offer.province_id == need.province_id
    return km_between(offer.region, place_shown(need)) <= offer.reach_km


def holds_all(supplier, need):
    """Whether a supplier holds all the recognitions that a need asks for today."""
    return not need.asked_proofs or set(need.asked_proofs) <= supplier.held.keys()


def place_shown(need):
    """Where a need lies as strangers may know it: of a hidden one only the province."""
    return need.province if need.hides_name else need.region


def may_be_said(reason, listing):
    """Whether a reason keeps to itself where a hidden need lies."""
    return not (listing.hides_name and reason["code"] in PLACING)


def compared(listings):
    """With all that a comparison looks at, and no more."""
    unread = "search description question street invoices vat oin rsin website".split()
    rows = listings.annotate(close_pairs=close_pairs())
    rows = rows.select_related("organisation__region", "region", "province", "sector")
    return rows.defer("search_nl", "search_en", *(f"organisation__{name}" for name in unread))
