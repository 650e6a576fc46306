"""Drafts: saved while somebody types, and by a button; opened again by them or by a colleague."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factory.kept import as_initial, keep
from market.drafting import Seen, begun
from market.models import Draft
from market.posting import typed_in
from market.views.post import PostListing, saved_at


class OpenDraft(PostListing):
    """``drafts/<pk>/``: the form with what was typed so far. It is posted where every need is posted."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.draft = a_draft(request.user, kwargs["pk"])
            self.kwargs["kind"] = self.draft.kind
        return super().dispatch(request, *args, **kwargs)

    def mine(self):
        return self.draft.organisation


def a_draft(person, pk):
    """A draft that this person may go on with, or 404."""
    drafts = Draft.objects.visible_to(person).select_related("organisation", "saved_by")
    return get_object_or_404(drafts, pk=pk)


class SaveDraft(PostListing):
    """``drafts/``: keep the form as it stands. A script hears how it went as JSON, a person gets a page."""

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_script = "application/json" in request.headers.get("Accept", "")
        self.kwargs["kind"] = "offer" if request.POST.get("kind") == "offer" else "need"

    def handle_no_permission(self):
        """Signed out meanwhile: the words wait for whoever typed them on the page of the form."""
        if self.is_script:
            return JsonResponse({"signed_out": True}, status=401)
        back = reverse("market:post", args=[self.kwargs["kind"]])
        keep(self.request, back)
        return redirect_to_login(back)

    def who_are_you(self):
        return JsonResponse({}, status=403) if self.is_script else super().who_are_you()

    def post(self, request, **kwargs):
        seen, typed = Seen.of(request.POST), typed_in(request.POST)
        self.draft = self.there(seen) if seen.draft else self.first_save(seen, typed)
        if self.draft is None:
            return self.not_saved(no_longer_there(), 410)
        as_it_was = self.draft.typed == typed and not self.draft.goes_at
        kept = as_it_was or replace(seen, draft=self.draft.pk).keep(typed, self.by)
        if not kept:
            return self.not_saved(meanwhile(), 409)
        self.draft.refresh_from_db()
        return self.saved()

    def first_save(self, seen, typed):
        token = self.request.POST.get("token", "")[:64] or uuid.uuid4().hex
        facts = {"kind": self.kwargs["kind"], "organisation": self.whose(typed), "page": seen.page}
        return begun(self.by, token, typed=typed, **facts)

    def whose(self, typed):
        """The organisation that was chosen, if this person may post for it."""
        chosen, mine = typed.get("organisation", ""), self.by.memberships.who_write()
        found = [m for m in mine.select_related("organisation") if str(m.organisation_id) == chosen]
        return found[0].organisation if found else self.mine()

    def saved(self):
        words = saved_at(self.draft)
        if self.is_script:
            numbers = {"draft": self.draft.pk, "seen": self.draft.version}
            return JsonResponse({**numbers, "url": self.draft.get_absolute_url(), "said": words})
        messages.success(self.request, words)
        return redirect(self.draft)

    def not_saved(self, words, status):
        """A person gets a page with both texts; the script stops, and says so."""
        if self.is_script:
            return JsonResponse({"said": words}, status=status)
        return self.changed_meanwhile(self.as_typed())

    def as_typed(self):
        """The form with what was sent just now, whether or not it is right already."""
        form = self.form()
        form.initial |= as_initial(form, dict(self.request.POST.lists()))
        return form


@require_POST
@login_required
def discard_draft(request, pk):
    """Throw a draft away, as far as it was seen."""
    draft = a_draft(request.user, pk)
    if not Seen.of({**request.POST.dict(), "draft": str(pk)}).latest().delete()[0]:
        messages.error(request, meanwhile())
        return redirect(draft)
    messages.success(request, _("The draft has been thrown away."))
    return redirect("desk")


def meanwhile():
    return _("Somebody changed this draft meanwhile. Press “Save and come back” to see both texts.")


def no_longer_there():
    return _("This draft is no longer there: a colleague posted it or threw it away.")
