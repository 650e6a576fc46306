"""My desk: what waits for you first, what waits for somebody else, and what is done."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from factory import clock
from factory.contributions import gather

MOST = 20


@login_required
def desk(request):
    """Every app puts its own on the desk; what is late or urgent lies on top."""
    queues = {"yours": [], "others": [], "done": []}
    for put_down in gather("desk_queues"):
        for queue in put_down(request.user):
            queues[queue["kind"]] += queue["items"]
    queues["yours"].sort(key=lambda item: (not item["late"], not item["urgent"]))
    context = {kind: items[:MOST] for kind, items in queues.items()}
    context |= {
        "waiting": len(queues["yours"]),
        "figures": [figure for find in gather("desk_figures") for figure in find(request.user)],
        "belongs": [place for find in gather("desk_places") for place in find(request.user)],
        "today": clock.today(),
    }
    return render(request, "desk.html", context)
