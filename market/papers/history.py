"""When what happened to a match, as the journal has it."""

from collections import defaultdict

from factory.journal.models import Event
from market.models import Match


def histories(matches):
    """``{match's id: [events in order]}``, in one query."""
    found = defaultdict(list)
    keys = [match.pk for match in matches]
    events = Event.objects.filter(thing_type=Match.label(), thing_id__in=keys)
    for event in events.select_related("actor", "on_behalf_of").order_by("thing_id", "number"):
        found[event.thing_id].append(event)
    return found


def last(events, *names, side=None):
    """The last event of one of these moves, by this side if one is named; or None."""
    verbs = {f"match.{name}" for name in names}
    made = [e for e in events if e.verb in verbs and side in (None, e.details.get("side"))]
    return made[-1] if made else None
