"""What was noted for others, on the desk of those others and on the coordinators' call list."""

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.coordination.calls import MOST, Call, Queue, total_of
from factory.coordination.models import LostFactor, OnBehalf
from factory.notices.facts import in_bulk
from factory.templatetags.words import euro
from factory.texts import told

A_FEW = 10


def desk_queues(person):
    """Is this right? Each thing that a coordinator noted for this person."""
    asked = list(OnBehalf.objects.asked_of(person).with_words().order_by("at")[:A_FEW])
    things = _things(asked)
    items = [
        {
            "title": _("Is this right? %(what)s") % {"what": _words(noted, things)},
            "meta": _("%(name)s noted it for you") % {"name": noted.by},
            "url": noted.get_absolute_url(),
            "action": _("Look and answer"),
            "urgent": True,
            "late": False,
        }
        for noted in asked
    ]
    return [{"title": _("Noted for you"), "kind": "yours", "items": items}] if items else []


def _words(noted, things):
    amount = f", {euro(noted.cents)}" if noted.cents else ""
    event = noted.event
    return f"{told(event.verb)}: {things[event.thing_type, event.thing_id]}{amount}"


def _things(asked):
    """``{(type, id): thing}`` of what was noted, one query for each kind of thing."""
    found = {}
    for label in {noted.event.thing_type for noted in asked}:
        keys = {noted.event.thing_id for noted in asked if noted.event.thing_type == label}
        things = in_bulk(apps.get_model(label), keys)
        found |= {(label, key): thing for key, thing in things.items()}
    return found


def coordinator_queues(person, everywhere=False):
    """What is the same for every coordinator, wherever they work."""
    return [_denied(), _locked_out(person)]


def _locked_out(person):
    """Who lost their second factor and waits for a call."""
    waiting = LostFactor.objects.to_decide(person).order_by("asked_at", "pk")
    rows = list(waiting.select_related("person").annotate(total=total_of(waiting))[:MOST])
    calls = [
        Call(
            title=_("%(name)s lost their second step") % {"name": lost.person},
            meta=_("call the number that we knew already"),
            url=reverse("admin:coordination_lostfactor_change", args=[lost.pk]),
            since=lost.asked_at,
            people=[(lost.person.name, lost.person.phone)],
            action=_("Check who it is"),
            late=True,
        )
        for lost in rows
    ]
    everything = reverse("admin:coordination_lostfactor_changelist")
    return Queue("locked_out", _("Cannot sign in"), everything, calls, _total(rows))


def _total(rows):
    return rows[0].total if rows else 0


def _denied():
    """Who says that what was noted for them is not right."""
    wrong = OnBehalf.objects.filter(state=OnBehalf.State.WRONG)
    rows = list(wrong.with_words().annotate(total=total_of(wrong)).order_by("at", "pk")[:MOST])
    calls = [
        Call(
            title=f"{told(noted.event.verb)}, {euro(noted.cents)}"
            if noted.cents
            else told(noted.event.verb),
            meta=_("noted by %(name)s") % {"name": noted.by},
            url=reverse("admin:coordination_onbehalf_change", args=[noted.pk]),
            since=noted.at,
            people=[(noted.person.name, noted.person.phone)],
            action=_("Settle"),
            late=True,
            thing=(noted.event.thing_type, noted.event.thing_id),
        )
        for noted in rows
    ]
    everything = reverse("admin:coordination_onbehalf_changelist")
    return Queue("denied", _("“This is not right”"), everything, calls, _total(rows))
