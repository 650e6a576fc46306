"""When what happened to a match, as the journal has it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.templatetags.words import day
from market.models import Match

AFFIRM = "onbehalf.affirm"


def histories(matches):
    """``{match's id: [events in order]}``, in one query; without what was told by phone and was not right."""
    found = defaultdict(list)
    keys = [match.pk for match in matches]
    events = Event.objects.filter(thing_type=Match.label(), thing_id__in=keys)
    for event in events.select_related("actor", "on_behalf_of", "noted_for").order_by(
        "thing_id", "number"
    ):
        found[event.thing_id].append(event)
    return defaultdict(list, {key: standing(events) for key, events in found.items()})


def standing(events):
    """The events that nobody denied since: what is struck names the event that it strikes."""
    struck = {event.details.get("struck") for event in events} - {None}
    return [event for event in events if event.pk not in struck]


def last(events, *names, side=None):
    """The last event of one of these moves, by this side if one is named; or None."""
    verbs = {f"match.{name}" for name in names}
    made = [e for e in events if e.verb in verbs and side in (None, e.details.get("side"))]
    return made[-1] if made else None


def who_said(event):
    """Whose deed it was; where a coordinator noted it by phone, who, when, and since when it is affirmed."""
    if not (event.on_behalf_of_id and event.actor.is_staff):
        return event.whose.name
    said = {"name": event.whose.name, "by": event.actor.name, "day": day(event.at)}
    words = _("%(name)s; noted by phone by %(by)s on %(day)s") % said
    affirmed = Event.objects.filter(thing_type="coordination.onbehalf", verb=AFFIRM)
    noted = getattr(event, "noted_for", None)
    yes = affirmed.filter(thing_id=noted.pk).first() if noted else None
    if yes is None:
        return _("%(words)s, not affirmed yet") % {"words": words}
    return _("%(words)s, affirmed on %(day)s") % {"words": words, "day": day(yes.at)}
