"""The page behind the link of an invitation: who asks you, for what, and one button."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.generic import View

from factory.journal.models import Event
from factory.move_views import MoveView
from partners.lifecycle import moves, take_up
from partners.models import Invitation, Organisation
from partners.rules import role_in


class TakeUp(MoveView):
    """``invitation/<key>/``: GET asks, POST joins. The key opens the page, also before one signs in."""

    model, moves, move = Organisation, moves, take_up
    template_name = "partners/invitation.html"
    channel = Event.Channel.MAIL

    def dispatch(self, request, *args, **kwargs):
        found = Invitation.objects.with_key(kwargs["key"])
        self.invitation = found.select_related("organisation__region", "invited_by").first()
        if self.invitation is None:
            response = self.sent_before_or_gone()
        else:
            self.thing = self.invitation.organisation
            response = self.for_whoever_comes(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def for_whoever_comes(self, request, *args, **kwargs):
        """A visitor reads what it is about and signs in first; a colleague is there already."""
        if not request.user.is_authenticated:
            return self.page(200 if request.method == "GET" else 403)
        if role_in(request.user, self.thing):
            return HttpResponseRedirect(self.thing.get_absolute_url())
        return View.dispatch(self, request, *args, **kwargs)

    def sent_before_or_gone(self):
        """The same form sent again gets the same answer; any other link is used, withdrawn or too old."""
        if self.request.method == "POST" and self.request.user.is_authenticated:
            token = self.request.POST.get("token", "")
            event = Event.objects.filter(actor=self.by, token=token, verb=take_up.verb).first()
            if token and event:
                self.thing = Organisation.objects.get(pk=event.thing_id)
                return self.answered()
        return render(self.request, "partners/invitation_gone.html", status=410)

    def form(self, data=None, files=None):
        if data is not None:
            data = data.copy()
            data["key"] = self.kwargs["key"]
        initial = {"key": self.kwargs["key"]}
        return self.move.form(data, files, initial=initial, thing=self.thing, by=self.by)

    def asked(self, form, status=200, **extra):
        return super().asked(form, status, invitation=self.invitation, **extra)

    def page(self, status):
        """For somebody who is not signed in."""
        words = {"invitation": self.invitation, "here": self.request.path}
        return render(self.request, "partners/invitation_sign_in.html", words, status=status)
