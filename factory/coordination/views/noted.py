"""What was noted for somebody, and their answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from factory.coordination.lifecycle import moves
from factory.coordination.models import OnBehalf
from factory.move_views import MoveView
from factory.notices.facts import facts
from factory.notices.sight import can_see

LOOK = {"asked": ("wait", "clock"), "right": ("ok", "check"), "wrong": ("late", "warn")}


@login_required
def noted(request, pk):
    """What it was, how it stands, and the two buttons while the answer is awaited."""
    seen = OnBehalf.objects.visible_to(request.user).with_words()
    thing = seen.filter(pk=pk).first()
    if thing is None:
        raise Http404
    about, tone = thing.thing, LOOK.get(thing.state, LOOK["right"])
    context = {
        **facts(thing, request.user),
        "moves": moves.open_to(request.user, thing) if thing.person == request.user else [],
        "tone": tone[0],
        "icon": tone[1],
        "thing_url": about.get_absolute_url() if can_see(request.user, about) else "",
    }
    return render(request, "coordination/onbehalf_detail.html", context)


class NotedMove(MoveView):
    """Yes, right; no, not right."""

    model, moves, slug_field = OnBehalf, moves, "pk"
