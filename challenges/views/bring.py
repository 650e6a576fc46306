"""Bringing a problem: five fields, and then a coordinator rings."""

from django.shortcuts import render

from challenges.lifecycle import bringing
from challenges.models import Challenge
from challenges.models.bringers import bringers_of
from factory.kept import KeepsTyped
from factory.move_views import BeginView


class BringChallenge(KeepsTyped, BeginView):
    """``new/``: what one knows now. ``?from=`` names an earlier challenge to start from."""

    model, moves, begin = Challenge, bringing.moves, bringing.bring
    template_name = "challenges/challenge_new.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and bringers_of(self.by).first() is None:
            return self.who_are_you()
        return super().dispatch(request, *args, **kwargs)

    def new_thing(self):
        return Challenge(organisation=bringers_of(self.by).first())

    def who_are_you(self):
        """Somebody without an organisation that brings problems, or whose request to join still waits."""
        memberships = self.by.memberships.select_related("organisation")
        status = 200 if self.request.method == "GET" else 403
        context = {"membership": memberships.order_by("pk").first()}
        return render(self.request, "challenges/who_brings.html", context, status=status)

    def earlier(self):
        """The public challenge that this one starts from, or None."""
        asked = self.request.POST.get("copied_from") or self.request.GET.get("from", "")
        found = Challenge.objects.public().select_related("organisation")
        return found.filter(slug=asked[:140]).first() if asked else None

    def begins_with(self):
        earlier = self.earlier()
        if earlier is None:
            return {}
        words = {"problem": earlier.problem, "envelope_cents": earlier.envelope_cents}
        return {**words, "copied_from": earlier.slug}

    def asked(self, form, status=200, **extra):
        return super().asked(form, status, earlier=self.earlier(), **extra)
