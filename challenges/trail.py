"""What happened to the assessments of one entry, for who leads the jury: given, locked, void, given to another."""

from django.utils.translation import gettext as _

from challenges.models import Assessment, Interest
from factory.journal.models import Event

LINES = {
    "assign": lambda: _("%(name)s got it to score"),
    "lock": lambda: _("%(name)s locked the marks"),
    "unlock": lambda: _("%(name)s got the marks back"),
    "release": lambda: _("It was taken off %(name)s"),
    "recuse": lambda: _("%(name)s has an interest after all: these marks do not count"),
    "void": lambda: _("%(name)s declared an interest: these marks do not count"),
}
CLOSED = ("recuse", "void")


def trail(entry, with_reasons=False):
    """``[{"at", "text", "note", "is_closed"}]``, the oldest first; which interest it was where ``with_reasons``."""
    every = Assessment.objects.filter(entry=entry).select_related("juror__person")
    jurors = {one.pk: one.juror for one in every}
    which = {}
    if with_reasons:
        declared = Interest.objects.conflicted().filter(entry=entry)
        which = dict(declared.values_list("juror", "reason"))
    events = Event.objects.filter(thing_type=Assessment.label(), thing_id__in=jurors)
    return [_line(event, jurors[event.thing_id], which) for event in events.order_by("at", "pk")]


def _line(event, juror, which):
    closed = event.name in CLOSED
    return {
        "at": event.at,
        "text": LINES[event.name]() % {"name": juror.person.name},
        "note": which.get(juror.pk, "") if closed else "",
        "is_closed": closed,
    }
