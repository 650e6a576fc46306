"""What notices about listings and matches may say, and to whom."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from factory.notices.diary import Deadline
from factory.notices.facts import facts_of
from factory.notices.pictures import Picture, Side
from factory.templatetags.words import euro, short_day
from market.explaining import in_words
from market.hiding import place_of
from market.introducing import cards, reference_of, vouched_by
from market.models import Listing, Match, Quote, prices_decide, prices_of
from market.standing import OTHER, knows_the_buyer, name_of, seat_of
from market.totals import year_total
from partners.absence import who_answers

LATEST = 5  # messages
# The mails that name a day by which something is to be done.
ASKED = ("approve_suppliers", "approve_buyers_to_ask", "nudge_those_who_have_not_said_yes")
PRICED = ("approve_suppliers", "ask_price_suppliers", "ask_again_suppliers")
RENEWED = ("remind_posters",)
OPENED = "notices/listing/open_prices_posters"


@facts_of(Listing, "region", "province", "organisation")
def about_listing(listing, person):
    """The organisation whose listing it is, when the person belongs to it."""
    members = listing.organisation.memberships.confirmed()
    belongs = SimpleLazyObject(lambda: members.filter(person=person).exists())
    return {
        "mine": SimpleLazyObject(lambda: listing.organisation if belongs else None),
        "knows": lambda somebody: members.filter(person=somebody).exists(),
        "particulars": lambda: particulars(listing, known=belongs or person.is_staff),
        "sees": _("Everybody who reads the market, as soon as you press."),
        "quotes": SimpleLazyObject(lambda: Quote.objects.to_choose_from(listing).count()),
        "also": {OPENED: SimpleLazyObject(lambda: list(to_choose_from(listing)))},
        "prices_url": SimpleLazyObject(lambda: f"{settings.SITE_URL}{prices_url(listing)}"),
        "deadlines": SimpleLazyObject(lambda: list(_deadlines_of_listing(listing))),
    }


@facts_of(Match, "need__region", "need__province", "organisation", "buyer__province")
def about_match(match, person):
    """Both sides as this person may know them."""
    seat = SimpleLazyObject(lambda: seat_of(person, match))
    return {
        "need": match.need,
        "seat": seat,
        "mine": SimpleLazyObject(lambda: _mine(match, seat)),
        "other": SimpleLazyObject(lambda: name_of(match, OTHER.get(str(seat)), seat)),
        "buyer": SimpleLazyObject(lambda: name_of(match, "buyer", seat)),
        "hidden": SimpleLazyObject(lambda: not knows_the_buyer(match, seat)),
        "knows": lambda somebody: match.has_met or _is_of(somebody, _mine(match, seat)),
        "contact": SimpleLazyObject(lambda: _contact(match, seat)),
        "picture": SimpleLazyObject(lambda: picture(match, seat)),
        "particulars": lambda: particulars(match.need, known=knows_the_buyer(match, seat)),
        "cards": SimpleLazyObject(lambda: cards_of(match)),
        "vouched_by": SimpleLazyObject(lambda: vouched_by(match)),
        "reference": reference_of(match.need),
        "confirmation_url": f"{settings.SITE_URL}{confirmation_url(match)}",
        "closes_at": SimpleLazyObject(lambda: closing_of(match.need)),
        "asks_again": SimpleLazyObject(lambda: bool(round_of(match.need) > 1)),
        "corrected_cents": match.buyer_corrects_cents or match.supplier_corrects_cents,
        "noted_cents": match.buyer_cents or match.supplier_cents,
        "calendar": _calendar(match),
        "deadlines": SimpleLazyObject(lambda: list(_deadlines_of_match(match))),
        "buttons": SimpleLazyObject(lambda: buttons_of(match)),
        "decide": SimpleLazyObject(lambda: prices_decide(match)),
        "quoted": SimpleLazyObject(lambda: _included(match, seat)),
        "beside": SimpleLazyObject(lambda: _year_of(match, seat)),
        "read_first": SimpleLazyObject(lambda: latest_messages(match)),
    }


def buttons_of(match):
    """What the buttons in mails about a match say, where the move's own words do not fit."""
    said = {"write": _("Read and answer")}
    if decide := prices_decide(match):
        said["confirm"] = ""  # no amount is noted beside the prices
        if decide == "choose" and (price := price_of(match)):
            told = {"name": match.organisation.name, "amount": euro(price.cents)}
            said["choose"] = _("Choose %(name)s for %(amount)s") % told
    elif not (match.buyer_cents or match.supplier_cents):
        said["confirm"] = _("Delivered: note the amount")
    return said


def to_choose_from(need):
    """What the mail with the prices asks: ``(match, "choose")`` of each that can be chosen, the lowest first."""
    priced = Quote.objects.for_need(need).filter(match__state=Match.State.INTRODUCED)
    about = ("match__need__prices", "match__organisation", "match__buyer")
    for price in priced.select_related(*about).order_by("cents", "at"):
        yield price.match, "choose"


def price_of(match):
    """The price that stands, or None."""
    return match.quotes.standing().first()


def _to_choose(match, seat):
    """The price that the buyer can choose now, or None."""
    is_asked = seat == "buyer" and prices_decide(match) == "choose"
    return price_of(match) if is_asked else None


def _included(match, seat):
    """What the supplier wrote beside the price that the buyer can choose."""
    price = _to_choose(match, seat)
    return price.text if price else ""


def _year_of(match, seat):
    """What the two traded this year, and what this price does to it; it stops nobody."""
    if price := _to_choose(match, seat):
        total = year_total(match)
        return " ".join([_("Without VAT."), total.words, total.with_more(price.cents)]).strip()
    return ""


def latest_messages(match):
    """The end of what the two wrote to each other, the oldest first."""
    if not match.has_met:
        return []
    written = match.messages.select_related("author").order_by("-at", "-pk")
    return list(written[:LATEST])[::-1]


def closing_of(need):
    """The moment until which prices can be given, or None."""
    asked = prices_of(need)
    return asked and asked.closes_at


def round_of(need):
    """The number of the round in which prices are asked; 0 if they are not."""
    asked = prices_of(need)
    return asked.number if asked else 0


def cards_of(match):
    """Whom both sides reach the other by, and what stands on an order; empty before they met."""
    if not match.has_met:
        return []
    return cards(match, _contact(match, "supplier"), _contact(match, "buyer"))


def confirmation_url(match):
    """The paper that confirms what was delivered."""
    return reverse("market:confirmation_pdf", args=[match.pk])


def prices_url(need):
    """Where the buyer reads the prices side by side."""
    return reverse("market:prices", args=[need.slug])


def _mine(match, seat):
    return {"supplier": match.organisation, "buyer": match.buyer}.get(str(seat))


def _is_of(somebody, organisation):
    members = organisation and organisation.memberships.confirmed()
    return bool(members and members.filter(person=somebody).exists())


def _contact(match, seat):
    """Whom the other side answers with: the person to call, once both know each other's names."""
    if not match.has_met:
        return None
    if seat == "buyer":
        return who_answers(match.organisation_id, match.offer and match.offer.contact_id)
    return who_answers(match.buyer_id, match.need.contact_id)


def particulars(listing, *, known):
    """Where, about how much and when, in one line; the place as far as who reads it may know it."""
    parts = [place_of(listing, known)]
    if listing.value_cents:
        amount = {"amount": euro(listing.value_cents), "unit": listing.get_unit_display()}
        parts.append(_("%(amount)s %(unit)s, excluding VAT") % amount)
    if listing.needed_by_date:
        parts.append(_("needed on %(day)s") % {"day": short_day(listing.needed_by_date)})
    return " · ".join(parts)


def picture(match, seat):
    """The need, what they share, and the answer to it."""
    known = knows_the_buyer(match, seat)
    told = in_words(match, veiled=not known)
    label = _("Your need") if seat == "buyer" else _("The need")
    need, shape = match.need, match.buyer.sector_shape
    return Picture(
        Side(label, need.title, particulars(need, known=known), shape),
        _answerer(match, seat),
        [sentence for sentence, is_but in told if not is_but],
        [sentence for sentence, is_but in told if is_but],
    )


def _answerer(match, seat):
    """The offer; without one, the organisation itself."""
    party = match.organisation
    if match.offer:
        label = _("Your offer") if seat == "supplier" else _("The offer")
        return Side(label, match.offer.title, party.name, party.sector_shape)
    label = _("Your organisation") if seat == "supplier" else _("The organisation")
    return Side(label, party.name, party.mission, party.sector_shape)


def _calendar(match):
    day = match.need.needed_by_date
    return {"title": match.need.title, "day": day} if day and match.has_met else None


def _deadlines_of_match(match):
    """Until when a price can be given, and the day by which a yes or no is awaited."""
    closes_at, title = closing_of(match.need), {"title": match.need.title}
    if closes_at:
        words = _("Give your price before this hour: %(title)s") % title
        yield Deadline("price", words, closes_at, PRICED)
    if match.state == Match.State.APPROVED and match.lapse_at:
        words, day = _("Say yes or no: %(title)s") % title, timezone.localdate(match.lapse_at)
        yield Deadline("answer", words, day, ASKED)


def _deadlines_of_listing(listing):
    """The last day on the market, unless it is kept there."""
    words = _("Last day on the market, unless you keep it: %(title)s") % {"title": listing.title}
    if listing.state == Listing.State.LIVE:
        day = timezone.localdate(listing.expires_at)
        yield Deadline("renew", words, day, RENEWED)
