"""How it goes on with a need or an offer: what is done, what is now, what comes later."""

from django.utils.translation import gettext as _

from factory.templatetags.words import short_day
from market.models import Listing, Match

State = Match.State
HOW_FAR = {
    State.SUGGESTED: 1,
    State.APPROVED: 2,
    State.INTRODUCED: 3,
    State.AGREED: 4,
    State.DISPUTED: 4,
    State.COMPLETED: 5,
}


def steps_of(listing, matches):
    """Rows for the ``steps`` part: as far as the furthest of the matches the reader knows of."""
    furthest = max((HOW_FAR.get(match.state, 0) for match in matches), default=0)
    if listing.state == Listing.State.DRAFT:
        furthest = -1
    return _rows(_need(listing) if listing.is_need else _offer(listing), furthest + 1)


def steps_of_match(match):
    """The same for one match; nothing is still to come once it has ended."""
    at = HOW_FAR.get(match.state)
    rows = _need(match.need)
    return _rows(rows, at + 1 if at != HOW_FAR[State.COMPLETED] else len(rows)) if at else []


def _rows(texts, now):
    states = ["done" if n < now else "now" if n == now else "later" for n in range(len(texts))]
    return [
        {"state": state, "text": text, "note": note}
        for state, (text, note) in zip(states, texts, strict=True)
    ]


def _posted(listing):
    day = short_day(listing.live_at) if listing.live_at else ""
    return _("Put on the market"), day


def _need(listing):
    return [
        _posted(listing),
        (
            _("The site looks for who can deliver; a coordinator checks it"),
            _("Within one working day"),
        ),
        (_("Both sides say yes or no"), _("Usually within three working days")),
        (
            _("You get each other’s names and numbers"),
            _("A coordinator asks after a week how it goes"),
        ),
        (_("You agree on the amount and the start"), ""),
        (_("Delivered, and both confirm the same amount"), _("Only then it counts")),
    ]


def _offer(listing):
    return [
        _posted(listing),
        (_("The site looks for needs that fit; a coordinator checks it"), _("With every new need")),
        (_("You hear of a need, and say yes or no"), _("You see the reasons first")),
        (_("You get each other’s names and numbers"), ""),
        (_("You agree on the amount and the start"), ""),
        (_("Delivered, and both confirm the same amount"), _("Only then it counts")),
    ]
