"""What was noted for others, on the desk of those others and on the coordinators' call list."""

from django.apps import apps
from django.db.models import BigIntegerField, F, JSONField, Value
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
    found = {"denied": [], "locked_out": []}
    for key, *row in _waiting(person):
        found[key].append(row)
    return [_denied(found["denied"]), _locked_out(found["locked_out"])]


def _waiting(person):
    """Who says that what was noted for them is not right, and who waits without a second factor: one query."""
    who = {"q_name": F("person__name"), "q_phone": F("person__phone")}
    wrong = OnBehalf.objects.filter(state=OnBehalf.State.WRONG)
    lost = LostFactor.objects.to_decide(person)
    event = {f"q_{name}": F(f"event__{name}") for name in ("verb", "details", "thing_type")}
    event |= {"q_thing": F("event__thing_id"), "q_by": F("by__name")}
    nothing = {"q_verb": Value(""), "q_details": Value({}, JSONField()), "q_thing_type": Value("")}
    nothing |= {"q_thing": Value(0, BigIntegerField()), "q_by": Value("")}
    denied = _rows(wrong, "denied", since=F("at"), **who, **event)
    return denied.union(_rows(lost, "locked_out", since=F("asked_at"), **who, **nothing), all=True)


def _rows(things, key, **facts):
    """The longest waiting of these as ``(key, pk, total, ...)``, the facts in their order."""
    rows = things.annotate(q_key=Value(key), q_total=total_of(things), **facts)
    return rows.order_by("since", "pk").values_list("q_key", "pk", "q_total", *facts)[:MOST]


def _locked_out(rows):
    calls = [
        Call(
            title=_("%(name)s lost their second step") % {"name": name},
            meta=_("call the number that we knew already"),
            url=reverse("admin:coordination_lostfactor_change", args=[pk]),
            since=since,
            people=[(name, phone)],
            action=_("Check who it is"),
            late=True,
        )
        for pk, _all, since, name, phone, *_event in rows
    ]
    everything = reverse("admin:coordination_lostfactor_changelist")
    return Queue("locked_out", _("Cannot sign in"), everything, calls, _total(rows))


def _total(rows):
    return rows[0][1] if rows else 0


def _denied(rows):
    calls = [
        Call(
            title=f"{told(verb)}, {euro(details['cents'])}" if details.get("cents") else told(verb),
            meta=_("noted by %(name)s") % {"name": by},
            url=reverse("admin:coordination_onbehalf_change", args=[pk]),
            since=since,
            people=[(name, phone)],
            action=_("Settle"),
            late=True,
            thing=(thing_type, thing),
        )
        for pk, _all, since, name, phone, verb, details, thing_type, thing, by in rows
    ]
    everything = reverse("admin:coordination_onbehalf_changelist")
    return Queue("denied", _("“This is not right”"), everything, calls, _total(rows))
