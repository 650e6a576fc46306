"""On the page of a need or an offer: why it is for the reader's organisation, and the way to say that it is not."""

from market import shelving
from market.models import Listing


def for_you(reader):
    """Why this is for the reader's organisation, and the way to say that it is not."""
    listing = reader.listing
    if reader.is_own or listing.state != Listing.State.LIVE or not reader.person.is_authenticated:
        return {}
    you = shelving.for_you(reader.person)
    if not you.decides:
        return {}
    said_no = [one for one in you.said_no if one.listing_id == listing.pk]
    if said_no:
        return {"refusing": you.refusing(said_no)}
    box = you.boxes([listing]).get(listing.pk)
    return {"box": box or you.refusable(listing), "refusing": you.refusing([])}
