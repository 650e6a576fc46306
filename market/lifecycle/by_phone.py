"""What follows when somebody says whether a coordinator noted the right thing for them."""

from factory.coordination.answers import sealed_amount_of, when_affirmed, when_denied
from factory.moves import STAYS
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import quoting
from market.models import Match

State = Match.State
moves = matches.moves
moves.by_phone(matches.accept, matches.decline, matches.agree, matches.confirm)
moves.by_phone(quoting.quote, quoting.withdraw_quote)


@moves.by_the_factory(State.INTRODUCED, State.AGREED, State.DISPUTED, to=STAYS)
def vouch(match, *, by, side):
    """The amount that was told by phone is confirmed by the side itself."""
    setattr(match, f"{side}_phoned_by", None)
    return {"side": side}


vouch.then(lambda match, event, **details: matches.compare_once_both_noted(match, event))


@moves.by_the_factory(State.INTRODUCED, State.AGREED, to=STAYS)
def strike_amount(match, *, by, side, struck=None):
    """The amount that was told by phone was not right: it is gone."""
    match.note_amount(side, None)
    return {"side": side, "struck": struck}


@moves.by_the_factory(State.APPROVED, to=STAYS)
def strike_yes(match, *, by, side, struck=None):
    """The yes that was told by phone was none: this side has not answered."""
    setattr(match, f"{side}_agreed_at", None)
    return {"side": side, "struck": struck}


@when_affirmed("match.confirm")
def the_amount_is_their_own(match, event):
    side = event.details["side"]
    if getattr(match, f"{side}_phoned_by_id") == event.actor_id:
        vouch(match, on_behalf_of=event.whose, side=side)


@when_denied("match.confirm")
def the_amount_goes(match, event):
    side = event.details["side"]
    if getattr(match, f"{side}_phoned_by_id") == event.actor_id:
        strike_amount(match, on_behalf_of=event.whose, side=side, struck=event.pk)


@when_denied("match.accept")
def the_yes_goes(match, event):
    said = {"side": event.details["side"], "struck": event.pk}
    strike_yes(match, on_behalf_of=event.whose, **said)


@when_denied("listing.post", "listing.publish", "listing.renew", "listing.reopen")
def the_listing_goes(listing, event):
    listings.withdraw(listing, by=event.whose)


@sealed_amount_of("match.quote")
def the_price(match, event):
    return match.quotes.get(pk=event.details["quote"]).cents


@when_denied("match.quote")
def the_price_goes(match, event):
    """As long as prices are sealed; the yes that came with it goes where nobody met yet."""
    if match.quotes.standing().filter(pk=event.details["quote"]).exists():
        quoting.withdraw_quote(match, by=event.whose)
    if match.state == State.APPROVED:
        strike_yes(match, on_behalf_of=event.whose, side="supplier")
