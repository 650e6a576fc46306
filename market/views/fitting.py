"""On the page of a need or an offer: what fits it and why, and the way to say that it does not."""

from django.db.models.functions import Now

from factory.visits import is_read
from market import shelving
from market.boxes import no_buttons, where_noes_go, why_box
from market.explaining import as_of_today
from market.models import Impression, Listing, Match
from partners.holding import note_what_is_held

TOLD = (Match.State.SUGGESTED, Match.State.APPROVED)


def for_you(request, reader):
    """What stands there for this reader: why it is for them, or what fits what they posted."""
    listing = reader.listing
    if not reader.person.is_authenticated:
        return {}
    if listing.is_need and reader.is_inside:
        return {"refusing": who_fits(request, reader)}
    if listing.state != Listing.State.LIVE:
        return {}
    if reader.is_own:
        items, refusing = shelving.beside_offer(request, listing, reader.decides)
        return {"fitting": items, "looks_for_needs": True, "refusing": refusing}
    return why_for_you(request, reader)


def why_for_you(request, reader):
    """Why what somebody else posted is for the reader's organisation."""
    listing = reader.listing
    you = shelving.for_you(reader.person)
    if not you.decides:
        return {}
    said_no = [one for one in you.said_no if one.listing_id == listing.pk]
    if said_no:
        return {"refusing": you.refusing(said_no)}
    boxes, fits = you.boxes([listing])
    shelving.seen(request, you, fits)
    return {"box": boxes.get(listing.pk) or you.refusable(listing), "refusing": you.refusing([])}


def who_fits(request, reader):
    """Give each suggestion for a need its reasons in words; returns where a refusal by its buyer goes."""
    need, matches = reader.listing, [one for one in reader.matches if one.state in TOLD]
    if not matches:
        return None
    if need.asked_proofs:
        note_what_is_held([one.organisation for one in matches])
    for match in matches:
        match.need = need
        buttons = refusable(match) if reader.decides else ""
        match.box = why_box(as_of_today(match), match.organisation, buttons)
    if is_read(request) and any(one.is_unseen for one in matches):
        unseen = Impression.objects.of_shortlists().unseen().filter(need=need)
        unseen.filter(organisation__in=[one.organisation_id for one in matches]).update(
            shown_to=reader.person, shown_at=Now()
        )
    return where_noes_go(need.organisation, []) if reader.decides else None


def refusable(match):
    """The buttons beside what nobody was asked for yet: the offer is not for us, or who has none here."""
    if match.state != Match.State.SUGGESTED:
        return ""
    key = match.offer.slug if match.offer else f"@{match.pk}"
    return no_buttons(key, match.offer.title if match.offer else match.organisation.name)
