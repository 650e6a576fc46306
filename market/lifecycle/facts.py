"""What notices about listings and matches may say, and to whom."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from factory.notices.facts import facts_of
from factory.notices.pictures import Picture, Side
from factory.templatetags.words import euro, short_day
from market.explaining import in_words
from market.models import Listing, Match


@facts_of(Listing)
def about_listing(listing, person):
    """The organisation whose listing it is, when the person belongs to it."""
    members = listing.organisation.memberships.confirmed()
    belongs = SimpleLazyObject(lambda: members.filter(person=person).exists())
    return {
        "mine": SimpleLazyObject(lambda: listing.organisation if belongs else None),
        "particulars": lambda: particulars(listing),
    }


@facts_of(Match)
def about_match(match, person):
    """Both sides as this person may know them."""
    side = SimpleLazyObject(lambda: match.side_of(person))
    return {
        "need": match.need,
        "side": side,
        "mine": SimpleLazyObject(lambda: _mine(match, side)),
        "other": SimpleLazyObject(lambda: _other(match, side)),
        "buyer": SimpleLazyObject(lambda: named_buyer(match, side)),
        "hidden": SimpleLazyObject(lambda: hides_buyer(match, side)),
        "contact": SimpleLazyObject(lambda: _contact(match, side)),
        "picture": SimpleLazyObject(lambda: picture(match, side)),
        "particulars": lambda: particulars(match.need),
        "noted_cents": match.buyer_cents or match.supplier_cents,
        "calendar": _calendar(match),
    }


def _mine(match, side):
    return {"supplier": match.organisation, "buyer": match.buyer}.get(str(side))


def _other(match, side):
    return match.organisation.name if side == "buyer" else named_buyer(match, side)


def hides_buyer(match, side):
    """Whether this reader may not know yet who is asking."""
    return bool(side == "supplier" and match.need.ask_me_first and not match.has_met)


def named_buyer(match, side):
    """The buyer's name, or what kind of organisation it is."""
    if hides_buyer(match, side):
        return match.buyer.get_kind_display()
    return match.buyer.name


def _contact(match, side):
    """Whom the other side answers with: the person to call."""
    if side == "buyer":
        return match.offer.contact if match.offer else _first_owner(match.organisation)
    return match.need.contact


def _first_owner(organisation):
    owners = organisation.memberships.confirmed().filter(role="owner")
    found = owners.select_related("person").order_by("confirmed_at").first()
    return found.person if found else None


def particulars(listing):
    """Where, about how much and when, in one line."""
    parts = [listing.region.name]
    if listing.value_cents:
        amount = {"amount": euro(listing.value_cents), "unit": listing.get_unit_display()}
        parts.append(_("%(amount)s %(unit)s, excluding VAT") % amount)
    if listing.needed_by_date:
        parts.append(_("needed on %(day)s") % {"day": short_day(listing.needed_by_date)})
    return " · ".join(parts)


def picture(match, side):
    """The need, what they share, and the answer to it."""
    told = in_words(match)
    asked, answered = match.need, match.offer
    offer = answered.title if answered else match.organisation.name
    return Picture(
        Side(
            _("Your need") if side == "buyer" else _("The need"),
            asked.title,
            particulars(asked),
            match.buyer.sector_shape,
        ),
        Side(
            _("Your offer") if side == "supplier" else _("The offer"),
            offer,
            match.organisation.name,
            match.organisation.sector_shape,
        ),
        [sentence for sentence, is_but in told if not is_but],
        [sentence for sentence, is_but in told if is_but],
    )


def _calendar(match):
    day = match.need.needed_by_date
    return {"title": match.need.title, "day": day} if day and match.has_met else None
