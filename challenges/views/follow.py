"""Following: one press on the page of a challenge, or on the board for every one that opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from challenges.models import Challenge, Follower


@login_required
def follow(request, slug):
    """Hear how a challenge goes on, or stop hearing: ``stop=1``. GET asks first, as after signing in."""
    challenge = Challenge.objects.visible_to(request.user).public().filter(slug=slug).first()
    if challenge is None:
        raise Http404
    return _followed(request, challenge, challenge.get_absolute_url())


@login_required
def follow_all(request):
    """Hear of every challenge that opens, or stop hearing."""
    return _followed(request, None, "challenges:list")


def _followed(request, challenge, back):
    mine = Follower.objects.filter(challenge=challenge, person=request.user)
    if request.method != "POST":
        context = {"challenge": challenge, "follows": mine.exists()}
        return render(request, "challenges/follow.html", context)
    if "stop" in request.POST:
        mine.delete()
        messages.success(request, _("You do not follow it any more."))
    else:
        row = Follower(challenge=challenge, person=request.user)
        Follower.objects.bulk_create([row], ignore_conflicts=True)
        messages.success(request, _("You follow it: you hear by mail what happens."))
    return redirect(back)
