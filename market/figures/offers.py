"""How an offer did, for the organisation whose it is: suggested, asked, chosen, and why not."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from factory import clock
from factory.journal.models import Event
from market.models import Match

State = Match.State
FEWEST = 3  # of fewer it could be told whose reason it was
LATELY = timedelta(days=365)
CHOSEN = (State.AGREED, State.DISPUTED, State.COMPLETED)
ENDED = (State.DECLINED, State.LAPSED, State.CANCELLED)


def how_it_did(offer):
    """``{"facts": [(words, number)], "why": [(reason, number)]}`` of the last twelve months."""
    lately = offer.answered.filter(created_at__gte=clock.now() - LATELY)
    said = {"thing_type": Match.label(), "verb": "match.decline", "details__side": "supplier"}
    own_no = Exists(Event.objects.filter(thing_id=OuterRef("pk"), **said))
    rows = (
        lately.order_by()
        .annotate(own=own_no)
        .values_list("state", "reason", "own")
        .annotate(n=Count("pk"), asked=Count("pk", filter=Q(lapse_at__isnull=False)))
    )
    rows = list(rows)
    facts = [
        (_("Suggested for a need"), sum(n for *_rest, n, _asked in rows)),
        (_("Put to you by a coordinator"), sum(asked for *_rest, asked in rows)),
        (_("Chosen"), sum(n for state, *_rest, n, _asked in rows if state in CHOSEN)),
    ]
    return {"facts": [(words, few(n)) for words, n in facts], "why": why_not(rows)}


def why_not(rows):
    """The reasons in neutral words, the most frequent first; the rare ones are folded into one line.

    What the supplier itself declined, and what the Factory put aside, nobody else decided about.
    """
    ended = Counter()
    for state, reason, own, n, _asked in rows:
        if state in ENDED and not (own and state == State.DECLINED):
            ended[reason] += n
    often = [(code, n) for code, n in ended.most_common() if n >= FEWEST]
    told = [(Match.Reason(code).label, str(n)) for code, n in often]
    rare = sum(n for n in ended.values() if n < FEWEST)
    return [*told, (_("other reasons"), few(rare))] if rare else told


def few(number):
    """A number of three or more, and none; what lies between is not told."""
    return _("fewer than three") if 0 < number < FEWEST else str(number)
