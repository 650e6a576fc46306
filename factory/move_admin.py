"""The coordinators' admin of anything that has a state: read it there, change it by its moves.

A thing's page shows its moves as buttons; a list offers them for all that are ticked, each its own
move. Nothing is added, edited or deleted here, so nothing goes round a move; the history is the
journal's.
"""

import hashlib
import uuid
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.coordination.notes import notes_about
from factory.journal.models import Event
from factory.move_admin_parts import in_sight
from factory.move_views import NoFields
from factory.moves import (
    BACK,
    STAYS,
    Already,
    Busy,
    Missing,
    NotNow,
    Token,
    moves_of,
    pairs,
    way_in,
)
from factory.texts import button, done, readers, told, who_may

MADE, NOT_MADE = messages.SUCCESS, messages.WARNING


def attempt(move, thing, by, token, details):
    """Make a move from the admin. Returns (level, words): MADE, or NOT_MADE and why not."""
    try:
        with way_in(Event.Channel.ADMIN):
            move(thing, by=by, token=token, **details)
    except Already as already:
        return (MADE, done(move)) if already.same else (NOT_MADE, str(already))
    except NotNow as reason:
        return NOT_MADE, already_done(reason.event)
    except (Missing, Busy) as reason:
        return NOT_MADE, str(reason) or _("Somebody else is busy with this. Try again.")
    except PermissionDenied:
        return NOT_MADE, _("Only %(who)s may do this.") % {"who": who_may(move)}
    return MADE, done(move)


def already_done(event):
    """Who was before you, with what, and when."""
    if event is None:
        return _("This is no longer possible.")
    what = told(event.verb)
    return _("This is no longer possible: already %(what)s by %(who)s at %(when)s.") % {
        "what": what[:1].lower() + what[1:],
        "who": event.actor,
        "when": date_format(localtime(event.at), "SHORT_DATETIME_FORMAT"),
    }


def fresh_token():
    """What a form carries so that pressing twice moves once."""
    return uuid.uuid4().hex


class TokenActionForm(helpers.ActionForm):
    """The list's own form, with a token for the set that is ticked."""

    token = forms.CharField(label="", widget=forms.HiddenInput, required=False, initial=fresh_token)


class MoveAdmin(admin.ModelAdmin):
    """Base for models with a lifecycle. ``queue``: the states that wait for a coordinator;
    ``bulk``: names of the moves offered for all that are ticked (all of them if not given);
    ``elsewhere``: names of those that need something which another page has, such as the link of a mail;
    ``likely``: names of those that always stand in sight, though they change no state.
    """

    queue = ()
    bulk = None
    elsewhere = ()
    likely = ("note",)
    action_form = TokenActionForm
    change_form_template = "admin/moving/change_form.html"
    move_template = "admin/moving/move.html"
    history_template = "admin/moving/history.html"
    show_full_result_count = False
    list_per_page = 50

    @property
    def moves(self):
        return moves_of(self.model)

    def get_queryset(self, request):
        found = self.model.objects.visible_to(request.user)
        ordering = self.get_ordering(request)
        return found.order_by(*ordering) if ordering else found

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, thing):
        """The state in words; for ``list_display`` and ``fields``."""
        return thing.State(thing.state).label

    def has_add_permission(self, request, *_args):
        return False

    def has_change_permission(self, request, thing=None):
        return False

    def has_delete_permission(self, request, thing=None):
        return False

    def get_urls(self):
        name = "{}_{}_move".format(*self._key)
        view = self.admin_site.admin_view(self.move_view)
        return [path("<path:object_id>/move/<str:name>/", view, name=name), *super().get_urls()]

    @property
    def _key(self):
        return self.opts.app_label, self.opts.model_name

    def page_of(self, thing):
        """The address of a thing's page in the admin."""
        return reverse("admin:{}_{}_change".format(*self._key), args=[thing.pk])

    # One thing

    def change_view(self, request, object_id, form_url="", extra_context=None):
        thing = self.get_object(request, unquote(object_id))
        context = {"token": fresh_token()}
        if thing:
            context |= {"buttons": in_sight(self.buttons(request, thing))}
            context |= {"notes": notes_about(thing)}
        return super().change_view(
            request, object_id, form_url, {"title": str(thing), **context, **(extra_context or {})}
        )

    def buttons(self, request, thing):
        """What can be done: words, address, what is missing, whether it asks first, is quiet, stands behind a fold."""
        aside = {*self.elsewhere, *self.idle(thing)}
        return [
            {
                "words": button(move),
                "url": f"{self.page_of(thing).removesuffix('change/')}move/{move.name}/",
                "missing": move.missing(thing),
                "asks": bool(move.form or move.final),
                "quiet": move.to is STAYS or bool(move.form or move.final),
                "more": move.final or (move.to is STAYS and move.name not in self.likely),
            }
            for move in self.moves.open_to(request.user, thing) + self.chances(request, thing)
            if move.name not in aside
        ]

    def idle(self, thing):
        """Names of the moves that have nothing to work on here, such as taking away a picture that is not there."""
        return ()

    def chances(self, request, thing):
        """What takes the last move back, whoever made it; a chance that has passed is no news."""
        back = [move for move in self.moves.values() if move.to is BACK]
        return [m for m in back if m.open_to(request.user, thing) and not m.missing(thing)]

    def move_view(self, request, object_id, name):
        """GET asks, with the move's form; POST makes it."""
        thing, move = self.get_object(request, unquote(object_id)), self.moves.get(name)
        if thing is None or move is None or move.begins:
            raise Http404
        if not move.may.test(request.user, thing):
            raise PermissionDenied(_("Only %(who)s may do this.") % {"who": who_may(move)})
        form = self._form(move, request, thing)
        if request.method != "POST" or not form.is_valid():
            return self._asked(request, move, form, [thing])
        token = Token.of(request.POST.get("token", fresh_token()), pairs(request.POST))
        level, words = attempt(move, thing, request.user, token, form.cleaned_data)
        self.message_user(request, f"{thing}: {words}", level)
        desk = request.GET.get("back") == "desk" and level == MADE
        return HttpResponseRedirect(reverse("admin:index") if desk else self.page_of(thing))

    def _form(self, move, request, thing, asked=True):
        data = request.POST if request.method == "POST" and asked else None
        files = request.FILES if data is not None else None
        return (move.form or NoFields)(data, files, thing=thing, by=request.user)

    def _asked(self, request, move, form, things, **extra):
        context = {
            **self.admin_site.each_context(request),
            "title": button(move),
            "opts": self.opts,
            "form": form,
            "move": move,
            "things": things,
            "missing": move.missing(things[0]) if len(things) == 1 else [],
            "sees": readers(move),
            "token": request.POST.get("token") or fresh_token(),
            "notes": notes_about(things[0]) if move.name == "note" else (),
            **extra,
        }
        return TemplateResponse(request, self.move_template, context)

    # All that are ticked

    def get_actions(self, request):
        names = self.bulk if self.bulk is not None else self.moves
        moves = [self.moves[name] for name in names if not self.moves[name].begins]
        return {move.name: (partial(_for_all, move), move.name, button(move)) for move in moves}

    def make_for_all(self, request, move, things):
        """Each thing its own move; says how many were made, and of each that was not, why."""
        asks = bool(move.form or move.final)
        first = things.first()
        if first is None:
            return None
        form = self._form(move, request, first, asked=not asks or "sure" in request.POST)
        if asks and not (form.is_bound and form.is_valid()):
            return self._asked(request, move, form, list(things), action=move.name)
        details = form.cleaned_data if form.is_bound and form.is_valid() else {}
        self._say(request, move, [self._one(request, move, thing, details) for thing in things])
        return None

    def _one(self, request, move, thing, details):
        said = f"{request.POST.get('token') or fresh_token()}:{move.name}:{thing.pk}"
        token = Token.of(hashlib.sha256(said.encode()).hexdigest(), request.POST.items())
        return thing, *attempt(move, thing, request.user, token, details)

    def _say(self, request, move, outcomes):
        made = sum(level == MADE for _thing, level, _words in outcomes)
        if made:
            self.message_user(request, f"{done(move)}: {made}", MADE)
        for thing, level, words in outcomes:
            if level != MADE:
                self.message_user(request, f"{thing}: {words}", level)

    # What happened: the journal says it, so the admin's own log stays empty

    def history_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        events = Event.objects.about(thing).select_related("actor", "on_behalf_of")
        rows = [{"event": event, "words": told(event.verb)} for event in events.reverse()[:200]]
        context = {
            **self.admin_site.each_context(request),
            "title": _("What happened"),
            "opts": self.opts,
            "thing": thing,
            "page": self.page_of(thing),
            "rows": rows,
        }
        return TemplateResponse(request, self.history_template, context)

    def log_addition(self, *_args):
        """Not here: the admin's log keeps words that people typed."""

    log_change = log_deletions = log_addition


def _for_all(move, model_admin, request, things):
    return model_admin.make_for_all(request, move, things)
