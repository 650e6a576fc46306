"""Saying at sign-in that the second factor is lost, and how that stands."""

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from factory.coordination.lifecycle.lost_factor import ask_once, moves
from factory.coordination.models import LostFactor
from factory.journal.models import Event
from factory.move_views import MoveView
from factory.moves import way_in


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def lost(request):
    """Only between the password and the second step; it says nothing of whose account it is."""
    if request.method == "POST":
        with way_in(Event.Channel.WEB):
            ask_once(request._login_stage.login.user)
        return redirect(f"{reverse('lost_factor_ask')}?asked")
    return render(request, "coordination/lost_factor_ask.html", {"asked": "asked" in request.GET})


@login_required
def lost_factor(request, pk):
    """How it stands; whoever decides about it goes to the desk."""
    thing = get_object_or_404(LostFactor.objects.visible_to(request.user), pk=pk)
    if thing.person != request.user:
        return redirect("admin:coordination_lostfactor_change", pk)
    context = {"lost": thing, "moves": moves.open_to(request.user, thing)}
    return render(request, "coordination/lost_factor_detail.html", context)


class LostFactorMove(MoveView):
    """Its owner stops it."""

    model, moves, slug_field = LostFactor, moves, "pk"
