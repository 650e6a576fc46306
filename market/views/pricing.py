"""What the page of a match says of prices, of this year's total, and of the papers that go with it."""

from django.urls import reverse

from market.introducing import reference_of
from market.lifecycle.facts import cards_of, confirmation_url, prices_url
from market.models import Match, Quote, prices_of
from market.papers.confirmation import can_be_confirmed
from market.totals import year_total

OF_THE_BUYER = ("buyer", "coordinator")


class Pricing:
    """The standing price as far as this reader may see it, and what can be done about it."""

    def __init__(self, match, seat, person, moves):
        self.asked = prices_of(match.need)
        self.is_open = bool(self.asked and self.asked.are_open)
        self.quote = self._quote(match, person) if self.asked else None
        self.chooses = "choose" in moves
        self.withdraw = moves.get("withdraw_quote") if not self.is_open else None
        self.social_return = getattr(match, "social_return", None)
        self.note_social_return = moves.get("note_social_return")
        self.total = total_of(match, seat) if match.has_met else None
        mine = seat in OF_THE_BUYER
        self.compare_url = prices_url(match.need) if mine and self.asked else ""
        self.note_url = reverse("market:note", args=[match.need.slug]) if mine else ""
        self.cards = cards_of(match)
        self.reference = reference_of(match.need)
        self.confirmation_url = ""
        if can_be_confirmed(match):
            self.confirmation_url = confirmation_url(match)

    def _quote(self, match, person):
        return Quote.objects.visible_to(person).standing().filter(match=match).first()

    @property
    def asks_now(self):
        """Whether a price is what this need wants to hear first."""
        return bool(self.asked) and not self.is_open

    @property
    def has_papers(self):
        return self.note_url or self.confirmation_url or self.note_social_return


def total_of(match, seat):
    """This year's total of the two, for whoever sits at the buyer's side; else None."""
    return year_total(match) if seat in OF_THE_BUYER else None


def warning_of(match, total, cents):
    """What this many cents more do to the total, unless they are in it already."""
    counted = match.state in (Match.State.AGREED, Match.State.DISPUTED, Match.State.COMPLETED)
    return total.with_more(cents) if total and not counted else ""
