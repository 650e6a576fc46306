"""My desk: what waits for you first, what waits for somebody else, and what is done."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock
from factory.contributions import gather
from factory.coordination.calls import COUNTED, counted, waiting_for

MOST = 20


@login_required
def desk(request):
    """Every app puts its own on the desk; what is late or urgent lies on top."""
    with clock.held():
        return render(request, "desk.html", laid_out(request))


def laid_out(request):
    """The desk of who asks for it, by what waits for whom."""
    person = request.user
    queues = {"yours": [], "others": [], "done": [], "places": []}
    for put_down in gather("desk_queues"):
        for queue in put_down(person):
            queues[queue["kind"]] += queue["items"]
    queues["yours"].sort(key=lambda item: (not item["late"], not item["urgent"]))
    calls = waiting_for(person) if person.is_staff else []
    if calls:
        queues["yours"].insert(0, coordination(calls))
    return {
        **{kind: items[:MOST] for kind, items in queues.items() if kind != "places"},
        "belongs": queues["places"],
        "waiting": len(queues["yours"]) - bool(calls) + counted(calls),
        **for_you(request),
        "figures": [figure for find in gather("desk_figures") for figure in find(person)],
        "today": clock.today(),
    }


def for_you(request):
    """What the apps found that fits this person's organisation, and where refusals of it go."""
    found = [one for find in gather("desk_foryou") if (one := find(request.user))]
    for one in found:
        one.get("seen", lambda _request: None)(request)
    return {
        "foryou": [item for one in found for item in one["items"]],
        "refusings": [one["refusing"] for one in found],
    }


def coordination(calls):
    """What waits in Coordination as one line: how much, and of what."""
    number = counted(calls)
    more = any(queue.total > COUNTED for queue in calls)
    words = ngettext("%(n)s waits in Coordination", "%(n)s wait in Coordination", number)
    return {
        "title": words % {"n": f"{number}{'+' * more}"},
        "lang": "",
        "meta": " · ".join(f"{queue.title} {queue.count}" for queue in calls),
        "url": reverse("admin:index"),
        "action": _("To Coordination"),
        "urgent": True,
        "late": False,
    }
