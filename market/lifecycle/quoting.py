"""How prices are asked, given, opened and chosen from."""

import rules
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import STAYS
from factory.notices.telling import asks, informs, warns
from factory.texts import who
from factory.working_days import after
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.people import (
    both_sides,
    buyers,
    coordinators,
    posters,
    suppliers,
    suppliers_who_were_asked,
)
from market.models import Choice, Listing, Match, Prices, Quote, SocialReturn, prices_of
from market.price_forms import (
    AskPricesForm,
    ChooseForm,
    QuoteForm,
    SocialReturnForm,
    closing_on,
    others_than,
)
from market.rules import is_on_a_side, posts_for_it
from market.totals import above_the_limit

State = Match.State
ASKED = (State.APPROVED, State.INTRODUCED)
DAYS_TO_QUOTE = 5  # working days
DAYS_TO_CHOOSE = 2  # before it is needed


@rules.predicate
def is_a_need(person, listing):
    """A need, not an offer."""
    return listing.is_need


@rules.predicate
def is_asked_for_a_price(person, match):
    """Decides for the supplier of a need that asks for prices."""
    return prices_of(match.need) is not None and match.side_of(person) == "supplier"


@rules.predicate
def has_given_a_price(person, match):
    """Decides for the supplier, and its price stands."""
    return is_asked_for_a_price(person, match) and match.quotes.standing().exists()


@rules.predicate
def compares_prices(person, match):
    """Decides for the buyer, once the prices can be read."""
    asked = prices_of(match.need)
    if asked is None or match.side_of(person) != "buyer" or not asked.are_open:
        return False
    return match.quotes.standing().exists()


who(
    {
        "is_asked_for_a_price": _("an owner or editor of a supplier that was asked for a price"),
        "has_given_a_price": _("an owner or editor of the supplier that gave the price"),
        "compares_prices": _("an owner or editor of the buyer, after the closing time"),
    }
)


# Asking


def not_opened_yet(listing):
    """Reasons why nothing can be changed about the closing time any more."""
    asked = prices_of(listing)
    if asked and asked.are_open:
        yield _("The closing time has passed, and the prices can be read.")


@listings.moves.add(
    Listing.State.LIVE,
    to=STAYS,
    may=posts_for_it & is_a_need,
    form=AskPricesForm,
    unless=not_opened_yet,
)
def ask_prices(listing, *, by, closes_at):
    """The buyer asks for prices by a closing time, or gives more time."""
    _ask(listing, closes_at)
    return {"closes_at": closes_at.isoformat()}


@listings.moves.by_the_factory(Listing.State.LIVE, to=STAYS)
def call_for_prices(listing, *, by):
    """The need asks for prices as it is above the buyer's limit, or as the buyer ticked it."""
    closes_at = closing_on(_closing_day(listing))
    _ask(listing, closes_at)
    return {"closes_at": closes_at.isoformat(), "because": listing.prices.because}


def _ask(listing, closes_at):
    asked, _made = Prices.objects.get_or_create(
        need=listing, defaults={"because": Prices.Because.ASKED}
    )
    asked.closes_at = closes_at
    asked.save()
    listing.prices = asked


def _closing_day(listing):
    """Five working days from now; earlier if it is needed sooner, but never today."""
    day, tomorrow = after(clock.today(), DAYS_TO_QUOTE), after(clock.today(), 1)
    if listing.needed_by_date:
        left = (listing.needed_by_date - clock.today()).days - DAYS_TO_CHOOSE
        day = min(day, after(clock.today(), max(left, 0)))
    return max(day, tomorrow)


def asks_by_itself(listing, event, *, ask_prices=False, **facts):
    """What was ticked, or lies above the buyer's limit, asks for prices as soon as it is public."""
    if not listing.is_need:
        return
    asked = Prices.objects.filter(need=listing).first()
    above = asked is None and above_the_limit(listing)
    if asked is None and (above or ask_prices):
        because = Prices.Because.LIMIT if above else Prices.Because.ASKED
        asked = Prices.objects.create(need=listing, because=because)
    if asked and asked.closes_at is None and listing.state == Listing.State.LIVE:
        listing.prices = asked
        call_for_prices(listing, on_behalf_of=event.on_behalf_of or event.actor)


for begins in (listings.post, listings.publish, listings.revise, listings.reopen):
    begins.then(asks_by_itself)


def tells_those_asked(listing, event, **details):
    for match in listing.matches.filter(state__in=ASKED).order_by("pk"):
        ask_price(match, on_behalf_of=event.on_behalf_of or event.actor)


for asking in (ask_prices, call_for_prices):
    asking.then(tells_those_asked)


@matches.moves.by_the_factory(*ASKED, to=STAYS, tells=[asks(suppliers, "quote")])
def ask_price(match, *, by):
    """A supplier hears until when it can give its price."""


# Giving


def still_time_for_prices(match):
    """Reasons why a price can no longer be given, changed or taken back."""
    yield from matches.both_in_good_standing(match)
    if Prices.objects.get(need=match.need_id).are_open:
        yield _("The closing time has passed, so no price can be given or changed.")


@matches.moves.add(
    *ASKED, to=STAYS, may=is_asked_for_a_price, form=QuoteForm, unless=still_time_for_prices
)
def quote(match, *, by, cents, text="", valid_until=None):
    """A supplier gives its price, in the place of the one before."""
    now, asked = clock.now(), Prices.objects.get(need=match.need_id)
    match.quotes.standing().update(withdrawn_at=now)
    said = {"cents": cents, "text": text, "valid_until": valid_until, "at": now, "by": by}
    given = Quote.objects.create(match=match, round=asked.number, **said)
    return {"quote": given.pk}


@quote.then
def a_price_is_a_yes(match, event, **details):
    if match.state == State.APPROVED and match.supplier_agreed_at is None:
        matches.accept(match, by=event.whose)


@matches.moves.add(*ASKED, to=STAYS, may=has_given_a_price, unless=still_time_for_prices)
def withdraw_quote(match, *, by):
    """A supplier takes its price back."""
    match.quotes.standing().update(withdrawn_at=clock.now())


# Opening and choosing


def to_open(now):
    """Needs whose closing time has passed and whose buyer has not heard so."""
    waiting = Listing.objects.filter(prices__opened_at=None, prices__closes_at__lte=now)
    waiting = waiting.filter(state__in=[Listing.State.LIVE, Listing.State.PAUSED])
    return waiting.order_by("prices__closes_at")


@listings.moves.by_the_factory(
    Listing.State.LIVE, Listing.State.PAUSED, to=STAYS, due=to_open, tells=[warns(posters)]
)
def open_prices(listing, *, by):
    """The closing time has passed: the buyer can read the prices side by side."""
    Prices.objects.filter(need=listing).update(opened_at=clock.now())
    return {"quotes": Quote.objects.to_choose_from(listing).count()}


@matches.moves.add(
    State.INTRODUCED,
    to=State.AGREED,
    may=compares_prices,
    form=ChooseForm,
    tells=[warns(both_sides, "confirm")],
)
def choose(match, *, by, chosen_for, text="", others=()):
    """The buyer chooses this price, with the reason; the others hear theirs."""
    price = match.quotes.standing().get()
    match.agreed_cents, match.agreed_waits_for = price.cents, ""
    Choice.objects.create(match=match, chosen_for=chosen_for, text=text, at=clock.now(), by=by)
    return {"quote": price.pk, "cents": price.cents, "chosen_for": str(chosen_for)}


@matches.agree.then
def keeps_why(match, event, *, chosen_for="", why="", **details):
    if chosen_for:
        said = {"chosen_for": chosen_for, "text": why, "at": event.at, "by": event.whose}
        Choice.objects.update_or_create(match=match, defaults=said)


@choose.then
def the_others_hear_why_not(match, event, *, others=(), **details):
    reasons = dict(others)
    for other in others_than(match):
        reason = reasons.get(other.pk, Match.Reason.FILLED)
        pass_over(other, on_behalf_of=event.actor, reason=reason)


choose.then(matches.fills_the_need)


@matches.moves.by_the_factory(*ASKED, to=State.DECLINED, tells=[warns(suppliers_who_were_asked)])
def pass_over(match, *, by, reason):
    """Another price was chosen; this supplier hears why not."""
    match.reason = reason
    return {"reason": str(reason), "side": "buyer"}


# Social return


def the_other_side(match):
    """Those who did not note it."""
    return buyers(match) if match.noted_on == "supplier" else suppliers(match)


def coordinators_if_it_changed(match):
    """The coordinators, when one contract took the place of another."""
    return coordinators(match) if match.noted_before else []


@matches.moves.add(
    State.INTRODUCED,
    State.AGREED,
    State.DISPUTED,
    State.COMPLETED,
    to=STAYS,
    may=is_on_a_side,
    form=SocialReturnForm,
    tells=[informs(the_other_side), informs(coordinators_if_it_changed)],
)
def note_social_return(match, *, by, contract, authority, invoice=""):
    """A side notes for which contract this counts as social return; the journal keeps what was."""
    earlier = SocialReturn.objects.filter(match=match).select_related("authority").first()
    match.noted_on, match.noted_before = match.side_of(by), earlier
    SocialReturn.objects.update_or_create(
        match=match,
        defaults={
            "contract": contract,
            "authority": authority,
            "invoice": invoice,
            "by": by,
            "at": clock.now(),
            "supplier": match.organisation,
        },
    )
    was = {"was": earlier.contract, "was_of": earlier.authority_id} if earlier else {}
    return {"authority": authority.pk, **was}
