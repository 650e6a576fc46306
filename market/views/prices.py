"""The prices of a need, side by side, for who asked them; sealed until the closing time."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from market.history import histories
from market.lifecycle.asking_again import ask_prices_again
from market.lifecycle.quoting import choose
from market.models import Listing, Match, Quote, prices_of
from market.papers.rounds import outcome
from market.totals import year_totals
from partners.rules import role_in


@login_required
def prices(request, slug):
    """Sealed: until when, and who was asked. Open: every price with what it holds, the lowest first."""
    need = need_of(request.user, slug)
    asked = prices_of(need)
    if asked is None:
        raise Http404
    if not reads_the_file(request.user, need):
        return refused(request, need)
    context = {"need": need, "asked": asked, "offered": offered(need, request.user)}
    context["waiting"] = need.matches.filter(state__in=choose_from()).count()
    context["choosing"] = any(one.match.state in choose_from() for one in context["offered"])
    context["rounds"] = earlier_rounds(need) if asked.number > 1 else []
    context["again"] = asks_again(need, request.user)
    return render(request, "market/listing_prices.html", context)


def need_of(person, slug):
    """The need at this address as far as this person may know of it; else 404."""
    seen = Listing.objects.visible_to(person).needs()
    need = seen.select_related("organisation", "region", "contact", "prices").filter(slug=slug)
    if found := need.first():
        return found
    raise Http404


def reads_the_file(person, need):
    """The buyer's own people and the coordinators read prices and the note for the file."""
    person.remember_roles()
    return person.is_staff or bool(role_in(person, need.organisation_id))


def refused(request, need):
    """Who may, for somebody who sees the need but does not belong to the buyer."""
    who = _("the people of the organisation that posted it, and the coordinators")
    return render(request, "moves/refused.html", {"thing": need, "who": who}, status=403)


def choose_from():
    return [Match.State.APPROVED, Match.State.INTRODUCED]


def earlier_rounds(need):
    """The rounds that came to nothing, the last first, each with its prices from the lowest and how they ended."""
    quotes = Quote.objects.filter(match__need=need, withdrawn_at=None).order_by("cents", "at")
    given = defaultdict(list)
    for quote in quotes.select_related("match__organisation__region"):
        given[quote.round].append(quote)
    events = histories([quote.match for quote in quotes])
    rounds = list(need.earlier_rounds.order_by("-number"))
    for one in rounds:
        one.quotes = given[one.number]
        for quote in one.quotes:
            quote.ended = outcome(quote.match, events[quote.match_id], one.again_at)
    return rounds


def asks_again(need, person):
    """The move that opens another round, if this person may and it can be made now; else None."""
    opens = ask_prices_again.open_to(person, need) and not ask_prices_again.missing(need)
    return ask_prices_again if opens else None


@dataclass
class Offered:
    """One price as the buyer reads it."""

    quote: Quote
    total: object
    choose: object

    @property
    def match(self):
        return self.quote.match

    @property
    def warning(self):
        """What this price does to the total of the year, while it can still be chosen."""
        return self.total.with_more(self.quote.cents) if self.match.state in choose_from() else ""

    @property
    def is_chosen(self):
        return self.match.state in (Match.State.AGREED, Match.State.DISPUTED, Match.State.COMPLETED)


def offered(need, person):
    """The prices this person may read, the lowest first."""
    seen = Quote.objects.visible_to(person).filter(match__need=need).standing()
    parties = ("match__organisation__region", "match__need__prices", "match__buyer")
    quotes = list(seen.select_related(*parties).order_by("cents", "at"))
    totals = year_totals(need.organisation, [quote.match.organisation for quote in quotes])
    mine = need.organisation_id in person.decides_for()
    return [
        Offered(
            quote,
            totals[quote.match.organisation_id],
            choose if mine and choose.possible(quote.match) else None,
        )
        for quote in quotes
    ]
