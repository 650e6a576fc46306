"""The prices of a need in the note for the file: round by round, each as it was."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from factory import clock, pdf
from factory.templatetags.words import euro, moment
from market.history import last
from market.models import Match, Quote, prices_of

CHOSE = ("choose", "agree")
ENDS = (*CHOSE, "pass_over", "stand_down", "decline", "lapse", "cancel", "take_back")


@dataclass
class Round:
    """One round: until when prices could be given, and until when its outcome is told."""

    number: int
    closes_at: object
    until: object = None  # when prices were asked again; None for the last round
    quotes: list = field(default_factory=list)

    @property
    def is_open(self):
        return self.closes_at <= clock.now()


def rounds_of(need):
    """The rounds of a need in order, with the prices that may be read; empty if it asks none."""
    asked = prices_of(need)
    if asked is None:
        return []
    before = need.earlier_rounds.order_by("number") if asked.number > 1 else ()
    rounds = [Round(one.number, one.closes_at, one.again_at) for one in before]
    rounds.append(Round(asked.number, asked.closes_at))
    given = defaultdict(list)
    standing = Quote.objects.filter(match__need=need, withdrawn_at=None)
    for quote in standing.order_by("cents", "at"):
        given[quote.round].append(quote)
    for one in rounds:
        one.quotes = given[one.number] if one.is_open else []
    return rounds


def prices_by_round(rounds, matches, events):
    """A heading and a table for each round."""
    by_key = {match.pk: match for match in matches}
    for one in rounds:
        yield pdf.heading(_heading(one, len(rounds)))
        if len(rounds) > 1:
            yield pdf.text(_("Closing time: %(moment)s.") % {"moment": moment(one.closes_at)})
        if one.until:
            words = _(
                "Prices were asked again on %(moment)s. What stands here stays as it was then."
            )
            yield pdf.text(words % {"moment": moment(one.until)})
        yield _table(one, by_key, events)


def _heading(one, rounds):
    return _("Prices, round %(number)s") % {"number": one.number} if rounds > 1 else _("Prices")


def _table(one, by_key, events):
    if not one.is_open:
        return pdf.text(_("Sealed until the closing time; nobody has read a price."))
    given = [(by_key[q.match_id], q) for q in one.quotes if q.match_id in by_key]
    if not given:
        return pdf.text(_("Nobody gave a price."))
    rows = [
        _price(match, quote, outcome(match, events[match.pk], one.until)) for match, quote in given
    ]
    head = [_("Supplier"), _("Price, without VAT"), _("What is included"), _("Outcome")]
    caption = _("Given before the closing time, the lowest first")
    return pdf.table(caption, head, rows, numbers=[1], widths=[3, 2, 4, 3])


def _price(match, quote, ended):
    included = quote.text
    if quote.valid_until:
        holds = _("holds until %(day)s") % {"day": f"{quote.valid_until:%d-%m-%Y}"}
        included = f"{included}\n{holds}".strip()
    return [match.organisation.name, euro(quote.cents), included or "–", ended]


def outcome(match, events, until=None):
    """How a price ended within its round, as the journal has it; ``until``: when prices were asked again."""
    seen = [e for e in events if until is None or e.at <= until]
    made, chose = last(seen, *ENDS), last(seen, *CHOSE)
    name = made.verb.partition(".")[2] if made else ""
    if name in CHOSE or (chose and name == "take_back"):
        return _("chosen")
    reason = made.details.get("reason", "") if made else ""
    if not reason and until is None:
        reason = match.reason
    if not reason:
        return _("open") if until is None else _("nobody was chosen in this round")
    words = _("chosen, then called off: %(reason)s") if chose else _("not chosen: %(reason)s")
    return words % {"reason": Match.Reason(reason).label}
