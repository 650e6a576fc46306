"""A second round of prices: the first closed without a choice, or what was chosen fell through."""

import rules
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import STAYS, the_factory
from factory.notices.telling import asks
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.clocks import clocks
from market.lifecycle.people import suppliers
from market.lifecycle.quoting import tells_those_asked
from market.models import EarlierRound, Listing, Match, Prices, prices_of
from market.price_forms import AskAgainForm, chosen_of
from market.rules import posts_for_it

State = Match.State


@rules.predicate
def asked_for_prices_before(person, listing):
    """A need whose prices could be read: the closing time has passed."""
    asked = prices_of(listing) if listing.is_need else None
    return asked is not None and asked.are_open


def somebody_was_chosen(listing):
    """Reasons why nothing is asked again: it came to a choice, and that stands."""
    if chosen_of(listing).exists() and not listing.several:
        yield _("You chose a supplier. If that fell through, call that off first.")


@listings.moves.add(
    Listing.State.LIVE,
    to=STAYS,
    may=posts_for_it & asked_for_prices_before,
    form=AskAgainForm,
    unless=somebody_was_chosen,
)
def ask_prices_again(listing, *, by, closes_at, invited=()):
    """The buyer opens another round with a new closing time; the one before stays as it was."""
    asked = Prices.objects.select_for_update(no_key=True).get(need=listing)
    EarlierRound.objects.create(
        need=listing,
        number=asked.number,
        because=asked.because,
        closes_at=asked.closes_at,
        opened_at=asked.opened_at,
        again_at=clock.now(),
    )
    asked.number += 1
    asked.closes_at, asked.opened_at = closes_at, None
    asked.save()
    listing.prices = asked
    return {"closes_at": closes_at.isoformat(), "round": asked.number}


ask_prices_again.then(tells_those_asked)


@ask_prices_again.then
def invites_who_gave_a_price_before(listing, event, *, invited=(), **details):
    """Only whom a coordinator vouched for already, and who gave a price, so nobody looks again."""
    for before in invited:
        again = Match(
            need=listing, organisation=before.organisation, offer=before.offer, rank=before.rank
        )
        again.reasons = before.reasons
        matches.suggest(again, by=the_factory())
        ask_again(again, on_behalf_of=event.whose)


@matches.moves.by_the_factory(
    State.SUGGESTED, to=State.APPROVED, tells=[asks(suppliers, "quote", "decline")]
)
def ask_again(match, *, by):
    """A supplier that gave a price in an earlier round is asked for one in this round."""
    match.buyer_agreed_at = clock.now()
    for name, moment in clocks(match.need).items():
        setattr(match, name, moment)
