"""One view serves every move of every app: a page that asks, and a POST that makes it."""

import hashlib
import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.generic import View

from factory.journal.models import Event
from factory.moves import Already, Busy, Missing, NotNow, Token, pairs, way_in
from factory.texts import button, readers, send, thanks, who_may


class NoFields(forms.Form):
    """A move that asks for nothing."""

    def __init__(self, *args, thing=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)


def prints(files):
    """``(name, hash)`` of each file that came with a form."""
    for name, file in files.items():
        file.seek(0)
        yield name, hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)


class MoveView(LoginRequiredMixin, View):
    """``<thing>/<move>/``: GET asks (a form or a confirmation), POST makes the move.

    Forms of moves take ``thing`` and ``by`` and their ``cleaned_data`` are the move's details.
    """

    model = None
    moves = None
    slug_field = "slug"
    template_name = "moves/form.html"
    channel = Event.Channel.WEB

    def get_things(self):
        """The queryset of things this person may see."""
        return self.model.objects.visible_to(self.request.user)

    def get_thing(self):
        try:
            return self.get_things().get(**{self.slug_field: self.kwargs["thing"]})
        except self.model.DoesNotExist:
            raise Http404 from None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.by = request.user

    def dispatch(self, request, *args, **kwargs):
        self.move = self.moves.get(kwargs["move"])
        if self.move is None or self.move.begins:
            raise Http404
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.thing = self.get_thing()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, **kwargs):
        if not self.move.possible(self.thing):
            return self.not_now(NotNow(self.thing, Event.objects.about(self.thing).last()))
        if not self.move.open_to(self.by, self.thing):
            return self.refused()
        return self.asked(self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST, request.FILES)
        if not self.move.may.test(self.by, self.thing):
            return self.sent_before() or self.refused()
        if not form.is_valid():
            return self.sent_before() or self.asked(form, status=422)
        return self.made(form)

    def sent_before(self):
        """The same answer again if this very form was carried out a moment ago; else None.

        Asked only once something stands in the way: what stands there may be what the first made.
        """
        token = self.token()
        event = Event.objects.with_token(self.by, token) if token.value else None
        same = event and event.token_digest == token.digest
        return self.answered_again(event) if same else None

    def token(self):
        """What this form carries; the same form with another file, or with another box ticked, is another form."""
        said = [*pairs(self.request.POST), *prints(self.request.FILES)]
        return Token.of(self.request.POST.get("token", ""), said)

    def answered_again(self, event):
        """The answer to a form that was sent before."""
        return self.answered()

    def form(self, data=None, files=None):
        initial = {key: value for key, value in self.request.GET.items() if len(value) < 200}
        kind = self.move.form or NoFields
        return kind(data, files, initial=initial, thing=self.thing, by=self.by)

    def made(self, form):
        """Make the move and answer; every way it can fail has its own plain answer."""
        token = self.token()
        try:
            with way_in(self.channel):
                self.move(
                    self.thing,
                    by=self.by,
                    token=token if token.value else None,
                    **form.cleaned_data,
                )
        except Already as already:
            return (
                self.answered() if already.same else self.asked(form, already=already, status=409)
            )
        except NotNow as reason:
            return self.not_now(reason)
        except Missing as missing:
            return self.asked(form, missing=missing.reasons, status=409)
        except PermissionDenied:
            return self.refused()
        except Busy:
            return self.asked(form, busy=True, status=503)
        messages.success(self.request, thanks(self.move))
        return self.answered()

    def answered(self):
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        return self.thing.get_absolute_url()

    def asked(self, form, status=200, **extra):
        context = {
            "form": form,
            "move": self.move,
            "thing": self.thing,
            "button": button(self.move),
            "send": send(self.move),
            "token": self.request.POST.get("token") or uuid.uuid4().hex,
            "missing": self.move.missing(self.thing),
            "sees": readers(self.move),
            **extra,
        }
        if extra.get("already"):
            context["token"] = uuid.uuid4().hex
        return render(self.request, self.template_name, context, status=status)

    def not_now(self, reason):
        context = {"thing": self.thing, "move": self.move, "event": reason.event}
        return render(self.request, "moves/not_now.html", context, status=409)

    def refused(self) -> HttpResponse:
        context = {"thing": self.thing, "move": self.move, "who": who_may(self.move)}
        return render(self.request, "moves/refused.html", context, status=403)


class BeginView(MoveView):
    """The page on which a thing comes to be: the move that begins it, with its form.

    ``begin`` names the move; ``new_thing(form)`` makes the unsaved thing.
    """

    begin = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.move = self.begin
        self.thing = self.new_thing()
        return View.dispatch(self, request, *args, **kwargs)

    def new_thing(self):
        return self.model()

    def get(self, request, **kwargs):
        if not self.move.open_to(self.by, self.thing):
            return self.refused()
        return self.asked(self.form())

    def answered_again(self, event):
        self.thing = self.begun_by(event)
        return self.answered()

    def begun_by(self, event):
        """What this form made before. The token of another form names no thing of this kind: 400."""
        if event.verb != self.move.verb:
            raise BadRequest("token of another form")
        return self.model._base_manager.get(pk=event.thing_id)

    def made(self, form):
        token = self.token()
        try:
            with way_in(self.channel):
                self.move(
                    self.thing,
                    by=self.by,
                    token=token if token.value else None,
                    **form.cleaned_data,
                )
        except Already as already:
            if already.same:
                return self.answered_again(already.event)
            made = self.begun_by(already.event)
            return self.asked(form, already=already, made=made, status=409)
        except Missing as missing:
            return self.asked(form, missing=missing.reasons, status=409)
        except PermissionDenied:
            return self.refused()
        except Busy:
            return self.asked(form, busy=True, status=503)
        messages.success(self.request, thanks(self.move))
        return self.answered()
