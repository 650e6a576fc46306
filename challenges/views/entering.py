"""Beginning an entry, writing it with colleagues, and sending it in."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.attaching import ACCEPT, change_files
from challenges.drafting import Seen, differences, typed_in, typed_of
from challenges.entry_forms import BeginEntryForm
from challenges.lifecycle import entry as entries
from challenges.models import Challenge, Entry
from challenges.models.entry import TYPED_IN
from challenges.rules import places_to_enter, writes_the_entry
from challenges.showing import drafted_files
from factory.journal.models import Event
from factory.kept import KeepsTyped, keep
from factory.move_views import BeginView, MoveView
from factory.moves import NotNow


class EnterChallenge(BeginView):
    """``<challenge>/enter/``: choose for whom, and land on the page where one writes."""

    model, moves, begin = Entry, entries.moves, entries.start
    template_name = "challenges/entry_begin.html"

    def new_thing(self):
        found = Challenge.objects.visible_to(self.by).select_related("organisation")
        self.challenge = get_object_or_404(found.public(), slug=self.kwargs["slug"])
        self.places = list(places_to_enter(self.by, self.challenge))
        chosen = self.request.POST.get("organisation", "")
        place = [p for p in self.places if str(p.pk) == chosen] or self.places[:1]
        return Entry(challenge=self.challenge, organisation=place[0] if place else None)

    def form(self, data=None, files=None):
        places = places_to_enter(self.by, self.challenge)
        return BeginEntryForm(data, thing=self.thing, by=self.by, places=places)

    def made(self, form):
        self.thing.organisation = form.cleaned_data.pop("organisation")
        there = self.begun().filter(organisation=self.thing.organisation).first()
        if there and not self.sent_before():
            messages.info(
                self.request, _("Your organisation has begun an entry already. Here it is.")
            )
            return redirect("challenges:entry_write", there.pk)
        return super().made(form)

    def begun(self):
        """The entries of this person's organisations for this challenge."""
        mine = Entry.objects.visible_to(self.by).under_way().filter(challenge=self.challenge)
        return mine.filter(organisation__in=self.places).select_related("organisation")

    def asked(self, form, status=200, **extra):
        about = {"challenge": self.challenge, "places": self.places, "begun": self.begun()}
        return super().asked(form, status, **about, **extra)

    def refused(self):
        """Somebody without an organisation that can enter is told what to do."""
        if self.request.method == "GET" and not self.places:
            return self.asked(None)
        return super().refused()

    def get_success_url(self):
        return reverse("challenges:entry_write", args=[self.thing.pk])


class Writing(KeepsTyped, MoveView):
    """The page with the form of an entry, wherever it is sent to."""

    model, moves, slug_field = Entry, entries.moves, "pk"

    @property
    def template_name(self):
        name = {entries.repair: "repair", entries.change: "change"}.get(self.move, "form")
        return f"challenges/entry_{name}.html"

    def get_things(self):
        return super().get_things().select_related("challenge", "organisation", "saved_by")

    def begins_with(self):
        return typed_of(self.thing)

    def asked(self, form, status=200, **extra):
        posted = self.request.POST
        about = {
            "challenge": self.thing.challenge,
            "seen": posted.get("seen") or self.thing.version,
            "page": posted.get("page") or uuid.uuid4().hex,
            "may_submit": self.move.may.test(self.by, self.thing),
            "send_url": reverse(f"challenges:entry_{self.move.name}", args=[self.thing.pk]),
            "saved": saved_at(self.thing) if self.thing.saved_at else "",
            "files": drafted_files(self.thing),
            "accept": ACCEPT,
        }
        return super().asked(form, status, **about | extra)

    def changed_meanwhile(self, form):
        """Somebody saved other words: both texts, and nothing is lost. What is sent next has seen theirs."""
        self.thing.refresh_from_db()
        theirs = differences(form, typed_in(self.request.POST), typed_of(self.thing))
        fresh = {"seen": self.thing.version, "token": uuid.uuid4().hex}
        return self.asked(form, 409, theirs=theirs, theirs_by=self.thing.saved_by, **fresh)

    def as_typed(self):
        """The form with what was sent just now, whether or not it is right already."""
        typed = typed_in(self.request.POST)
        return self.move.form(initial=typed, thing=self.thing, by=self.by)

    def not_now(self, reason):
        """Too late, or it was withdrawn: who sent words gets them back."""
        if self.request.method == "POST":
            return self.asked(self.as_typed(), 409, is_over=True)
        return super().not_now(reason)


class SubmitEntry(Writing):
    """``entries/<pk>/submit/`` and ``…/repair/``: send it in; the answer is the receipt."""

    def post(self, request, **kwargs):
        """A file that was chosen goes along, also if something else is not right yet."""
        may = self.move.may.test(self.by, self.thing) and not self.move.missing(self.thing)
        if request.FILES and may:
            trouble = change_files(self.thing, {}, request.FILES, self.by)
            if trouble:
                return self.asked(self.as_typed(), 422, file_trouble=trouble)
        return super().post(request, **kwargs)

    def made(self, form):
        seen = Seen.of(self.request.POST)
        if "seen" in self.request.POST:
            if not seen.is_of(self.thing):
                return self.sent_before() or self.changed_meanwhile(form)
            form.cleaned_data["seen"] = seen
        return super().made(form)

    def get_success_url(self):
        return self.thing.submissions.order_by("number").last().get_absolute_url()


class WriteEntry(Writing):
    """``entries/<pk>/write/``: the page, and where it saves itself. A script hears how it went as JSON."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_script = "application/json" in request.headers.get("Accept", "")

    def get_thing(self):
        """What must be repaired is written here too, and sent as a repair."""
        thing = super().get_thing()
        again = {Entry.State.REPAIR: entries.repair, Entry.State.SHORTLISTED: entries.change}
        self.move = again.get(thing.state, self.move)
        return thing

    def handle_no_permission(self):
        if self.is_script:
            return JsonResponse({"signed_out": True}, status=401)
        if self.request.method == "POST":
            keep(self.request, self.request.path)
        return redirect_to_login(self.request.path)

    def get(self, request, **kwargs):
        if self.thing.state not in TYPED_IN:
            return self.not_now(NotNow(self.thing, Event.objects.about(self.thing).last()))
        if not writes_the_entry.test(self.by, self.thing):
            return self.refused()
        return self.asked(self.form(), is_over=bool(self.move.missing(self.thing)))

    def post(self, request, **kwargs):
        if not writes_the_entry.test(self.by, self.thing):
            return JsonResponse({}, status=403) if self.is_script else self.refused()
        if self.thing.state not in TYPED_IN or self.move.missing(self.thing):
            return self.not_saved(too_late(), is_over=True)
        typed = typed_in(request.POST)
        same = typed == typed_of(self.thing)
        if not same and not Seen.of(request.POST).keep(self.thing, typed, self.by):
            return self.not_saved(meanwhile())
        trouble = change_files(self.thing, request.POST, request.FILES, self.by)
        self.thing.refresh_from_db()
        if trouble:
            fresh = {"seen": self.thing.version, "file_trouble": trouble}
            return self.asked(self.as_typed(), 422, **fresh)
        return self.saved()

    def saved(self):
        words = saved_at(self.thing)
        if self.is_script:
            numbers = {"draft": self.thing.pk, "seen": self.thing.version}
            return JsonResponse({**numbers, "url": self.request.path, "said": words})
        messages.success(self.request, words)
        if {"stay", "drop"} & self.request.POST.keys():
            return redirect(f"{self.request.path}#files")
        return redirect(self.thing)

    def not_saved(self, words, **why):
        """The script stops and says so; a person gets a page with both texts."""
        if self.is_script:
            return JsonResponse({"said": words}, status=409)
        if why:
            return self.asked(self.as_typed(), 409, **why)
        return self.changed_meanwhile(self.as_typed())


def saved_at(entry):
    """When it was saved, and that one can stop here."""
    local = timezone.localtime(entry.saved_at)
    hour = _("%(hour)s:%(minute)s") % {"hour": f"{local.hour}", "minute": f"{local.minute:02}"}
    return _("Saved at %(time)s. You can stop here and go on later.") % {"time": hour}


def meanwhile():
    return _("A colleague changed this meanwhile. Press “Save and come back” to see both texts.")


def too_late():
    return _(
        "The deadline is over, so this is not saved any more. Your words are still on this page."
    )
