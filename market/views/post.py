"""Putting a need or an offer on the market, in a minute."""

import uuid
from dataclasses import replace

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from factory.kept import KeepsTyped
from factory.move_views import BeginView
from market.drafting import Seen
from market.lifecycle import listing as listings
from market.models import Draft, Listing
from market.posting import LONGEST, differences, typed_in
from market.rules import posts_for_it
from partners.models import Organisation
from partners.whose import join_by_address


class PostListing(KeepsTyped, BeginView):
    """``new/need/`` and ``new/offer/``: also where a draft is posted."""

    model, moves, begin = Listing, listings.moves, listings.post
    template_name = "market/listing_form.html"
    draft = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.mine() is None:
            return self.who_are_you()
        return super().dispatch(request, *args, **kwargs)

    def mine(self):
        """The organisation for which this person posts: the one that has been here longest."""
        posts_for = self.by.memberships.who_write().values("organisation")
        there = Organisation.objects.filter(pk__in=posts_for)
        return there.exclude(state__in=["left", "suspended"]).order_by("pk").first()

    def new_thing(self):
        return Listing(kind=self.kwargs["kind"], organisation=self.mine())

    def who_are_you(self):
        """Somebody without an organisation, or whose request to join still waits."""
        memberships = self.by.memberships.select_related("organisation")
        context = {"membership": memberships.first(), "kind": self.kwargs["kind"]}
        if context["membership"] is None:
            context["at_their_address"] = join_by_address(self.by)
        status = 200 if self.request.method == "GET" else 403
        return render(self.request, "market/who_are_you.html", context, status=status)

    def begins_with(self):
        """A draft, or the words that a link from elsewhere on the site brings along."""
        if self.draft:
            return self.draft.typed
        brought = self.request.GET
        return {name: brought[name][:LONGEST] for name in ("title", "text") if brought.get(name)}

    def made(self, form):
        seen = self.seen()
        if seen.draft and not seen.latest().exists():
            return self.sent_before() or self.changed_meanwhile(form)
        form.cleaned_data["draft"] = seen if seen.draft else None
        return super().made(form)

    def seen(self):
        """What the form says of its draft; also of one whose number never arrived at the form."""
        said = self.said()
        seen, token = Seen.of(said), said.get("token", "")[:64]
        if seen.draft or not token:
            return seen
        known = Draft.objects.filter(author=self.by, token=token).first()
        return replace(seen, draft=known.pk, version=known.version) if known else seen

    def said(self):
        """What the form sent, now or before its sender had to sign in again."""
        return self.request.POST or {name: texts[-1] for name, texts in self.kept.items() if texts}

    def changed_meanwhile(self, form):
        """Somebody saved other words, posted the draft or threw it away: both texts, and nothing is lost."""
        self.draft = self.there(self.seen())
        if self.draft is None:
            return self.asked(form, status=409, is_gone=True, token=uuid.uuid4().hex)
        theirs = differences(form, typed_in(self.request.POST), self.draft.typed)
        by = self.draft.saved_by
        return self.asked(form, 409, theirs=theirs, theirs_by=by, seen=self.draft.version)

    def there(self, seen):
        drafts = Draft.objects.visible_to(self.by).select_related("organisation", "saved_by")
        return drafts.filter(pk=seen.draft).first()

    def asked(self, form, status=200, **extra):
        known = self.thing.organisation.state == Organisation.State.ACTIVE
        publishes = posts_for_it.test(self.by, self.thing)
        sees = (nobody_yet if not known else everybody if publishes else a_colleague_first)()
        return super().asked(form, status, sees=sees, **(self.of_the_draft(extra) | extra))

    def of_the_draft(self, extra):
        """What the form has to know to go on with its draft: which, how far it was seen, and by which page."""
        said = self.said()
        if said and self.draft is None and not extra.get("is_gone"):
            self.draft = self.there(self.seen())
        number = self.draft.version if self.draft else ""
        about = {"draft": self.draft, "seen": said.get("seen") or number, "kind": self.thing.kind}
        if self.draft:
            about |= {"token": self.draft.token, "saved_at": saved_at(self.draft)}
        elif said.get("token"):
            about |= {"token": said["token"]}
        return about | {"page": said.get("page") or uuid.uuid4().hex}


def saved_at(draft):
    """When it was saved, and that one can stop here."""
    local = timezone.localtime(draft.saved_at)
    hour = _("%(hour)s:%(minute)s") % {"hour": f"{local.hour}", "minute": f"{local.minute:02}"}
    return _("Saved at %(time)s. You can stop here and go on later.") % {"time": hour}


def everybody():
    return _(
        "Everybody, as soon as you post it. Your own name, number and address only those to whom "
        "you are introduced."
    )


def a_colleague_first():
    return _(
        "Only you, your colleagues and the coordinators, until a colleague who decides puts it on the market. "
        "Nobody decides at your organisation yet? Then a coordinator calls you."
    )


def nobody_yet():
    return _(
        "Only you and the coordinators, until your organisation has been checked. Then you put it "
        "on the market with one press."
    )
