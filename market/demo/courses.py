"""The courses that matches take in the demo, from the first suggestion on; each step on its own day."""

from datetime import timedelta
from pathlib import Path

from factory.demo import chance, facts
from market.explaining import true_reasons
from market.lifecycle import match as moves
from market.lifecycle.recommending import recommend
from market.models import Match

HEARD = facts(Path(__file__).parent / "messages.json")
A_MINUTE = timedelta(minutes=1)
ADDED_CENTS = 125_00
SURELY_AGREED_CENTS = 15_000_00
OFTEN = 0.6
WHY = ("fit", "impact", "near", "timing", "proof")
SAID = [
    "Op tijd, warm, en iedereen vroeg waar het vandaan kwam.",
    "Eén keer kwam het later. Ze belden zelf, een uur van tevoren.",
    "Wij bestellen hier nu elke maand, en niet alleen omdat het goed doet.",
    "De mensen die het maakten, kwamen het zelf brengen. Dat maakte indruk.",
    "Netjes werk, eerlijke prijs en een vaste contactpersoon die terugbelt.",
    "Het tempo was rustiger dan we gewend zijn, het resultaat beter.",
    "Onze collega's vroegen de week erna of ze weer kwamen.",
    "Duidelijke afspraken vooraf, en die zijn nagekomen.",
]


class Course:
    """One match of the demo: who is in it, and between which days (counted back) it happens.

    Each kind of course is a generator that yields the moment of what it does next.
    """

    def __init__(self, need, supplier, board, *, start, end=0, cents=None, rank=1):
        self.need, self.supplier, self.board = need, supplier, board
        self.start, self.end, self.cents, self.rank = start, end, cents, rank
        self.by = chance(f"{need.title} {rank}")
        self.buyer = board.parties.decider(need.organisation)
        self.seller = board.parties.decider(supplier)
        self.coordinator = board.parties.coordinator(need.organisation)
        self.match = None

    def at(self, part):
        """The moment when this part of the course lies behind."""
        return self.board.days.at(self.start - (self.start - self.end) * part, self.by)

    def suggested(self):
        """This supplier is named, with the reasons that are true of it now."""
        yield self.at(0)
        offer = self.board.offer_of(self.supplier, self.need.sector)
        reasons = true_reasons(self.need, self.supplier, offer)
        self.match = Match(
            need=self.need, organisation=self.supplier, offer=offer, reasons=reasons, rank=self.rank
        )
        moves.suggest(self.match, by=self.board.factory)

    def approved(self):
        yield from self.suggested()
        yield self.at(0.1)
        moves.approve(self.match, by=self.coordinator)

    def asked(self):
        """No answer yet: the reminders that were due have gone out."""
        yield from self.approved()
        now = self.board.days.now
        while self.match.nudge_at and self.match.nudge_at < min(now, self.match.lapse_at):
            yield self.match.nudge_at + A_MINUTE
            moves.nudge(self.match)

    def lapsed(self):
        """Nobody answers: the reminders, and then it is over."""
        yield from self.asked()
        yield self.match.lapse_at + A_MINUTE
        moves.lapse(self.match)

    def dismissed(self):
        yield from self.suggested()
        yield self.at(0.1)
        reason = self.by.choice(["no_fit", "distance", "capacity"])
        moves.dismiss(self.match, by=self.coordinator, reason=reason)

    def declined(self):
        yield from self.approved()
        yield self.at(0.4)
        reason = self.by.choice(["capacity", "distance", "timing", "price"])
        moves.decline(self.match, by=self.seller, reason=reason)

    def met(self):
        yield from self.approved()
        yield self.at(0.2)
        moves.accept(self.match, by=self.seller)
        if self.need.ask_me_first:
            yield self.at(0.25)
            moves.accept(self.match, by=self.buyer)

    def talking(self):
        """They met, and write to each other."""
        yield from self.met()
        for person, words in zip((self.buyer, self.seller), self.by.choice(HEARD), strict=True):
            yield self.at(0.3)
            moves.write(self.match, by=person, text=words)

    def cancelled(self):
        yield from self.met()
        yield self.at(0.7)
        moves.cancel(self.match, by=self.buyer, reason="timing")

    def agreed(self):
        yield from self.talking()
        first = self.by.choice((self.buyer, self.seller))
        yield from self.noted_by(first, 0.5)
        if self.by.random() < OFTEN:
            other = self.seller if first == self.buyer else self.buyer
            yield from self.noted_by(other, 0.6)

    def noted_by(self, person, part):
        """This side says what they agreed; the buyer, why this supplier."""
        yield self.at(part)
        why = {"chosen_for": self.by.choice(WHY)} if person == self.buyer else {}
        moves.agree(self.match, by=person, cents=self.cents, **why)

    def disputed(self):
        """The amounts they noted differ, by something that was added on the way."""
        yield from self.agreed()
        yield self.at(0.8)
        moves.confirm(self.match, by=self.seller, cents=self.cents + ADDED_CENTS)
        yield self.at(0.9)
        moves.confirm(self.match, by=self.buyer, cents=self.cents)

    def completed(self):
        """Both sides note the same amount, the second one on the day it counts."""
        yield from self.met()
        if self.cents > SURELY_AGREED_CENTS or self.by.random() < OFTEN:
            yield from self.noted_by(self.buyer, 0.5)
            yield from self.noted_by(self.seller, 0.6)
        first, second = self.by.sample((self.buyer, self.seller), 2)
        yield self.at(0.95)
        moves.confirm(self.match, by=first, cents=self.cents)
        yield self.at(1)
        moves.confirm(self.match, by=second, cents=self.cents)
        yield from self.praised()

    def praised(self):
        """Some buyers say how it was."""
        by = chance(f"said {self.need.title}")
        if by.random() < OFTEN:
            yield self.board.days.at(max(self.end - 2, 0), by)
            recommend(self.match, by=self.buyer, text=by.choice(SAID))
