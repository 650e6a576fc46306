"""How it goes on with a need or an offer: what is done, what is now, what comes later."""

from django.utils.translation import gettext as _

from factory.templatetags.words import short_day
from market.models import Listing, Match

State = Match.State
NOW = {
    State.SUGGESTED: 1,
    State.APPROVED: 2,
    State.INTRODUCED: 4,
    State.AGREED: 5,
    State.DISPUTED: 5,
    State.COMPLETED: 6,
}
LOOKING = 1


def steps_of(listing, matches):
    """Rows for the ``steps`` part: as far as the furthest of the matches the reader knows of."""
    if listing.state == Listing.State.DRAFT:
        return _rows(_texts(listing), 0)
    return _rows(
        _texts(listing), max((NOW.get(m.state, LOOKING) for m in matches), default=LOOKING)
    )


def steps_of_match(match):
    """The same for one match; empty once it ended without a result."""
    return _rows(_texts(match.need), NOW[match.state]) if match.state in NOW else []


def _texts(listing):
    return _need(listing) if listing.is_need else _offer(listing)


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
