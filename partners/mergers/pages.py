"""Choose the other one, see both side by side, and confirm: for organisations and for people."""

from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.me.merging import HISTORY, merge_accounts
from factory.me.merging import stops as account_stops
from factory.move_admin import MADE, NOT_MADE, attempt, fresh_token
from factory.moves import Missing, Token
from partners.lifecycle.merging import merge, why_not
from partners.mergers.comparing import counted, facts
from partners.merging import LEAVE
from partners.models import Organisation, Person

FOUND = 8


class Merger:
    """One that may go, the other that may stay, and what a coordinator does with them."""

    template = "admin/partners/merge.html"
    leave = ()

    def __init__(self, model_admin, request, gone):
        self.admin, self.request, self.gone = model_admin, request, gone
        asked = request.POST.get("into") or request.GET.get("into", "")
        self.stays = self.among().filter(pk=_number(asked)).first() if asked else None
        if asked and self.stays is None:
            raise Http404

    def answer(self):
        """The page; or, of a POST, the page of the one that stays."""
        if self.request.method == "POST" and self.stays is not None and not self.reasons():
            level, words = self.made()
            self.admin.message_user(self.request, words, level)
            if level == MADE:
                return HttpResponseRedirect(self.page_of(self.stays))
        return self.page()

    def page(self):
        """Both side by side; or the way to find the other one."""
        opts = self.admin.opts
        words = self.request.GET.get("q", "").strip()[:100]
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": _("Merge with another"),
            "opts": opts,
            "gone": self.gone,
            "stays": self.stays,
            "asked": words,
            "token": fresh_token(),
            "back": self.page_of(self.gone),
        }
        if self.stays is None:
            context["found"] = self.found(words)
        else:
            pair = (self.gone, self.stays)
            context |= {
                "facts": self.facts(pair),
                "rows": counted(pair, self.leave),
                "reasons": self.reasons(),
                "swap": f"{self.address(self.stays)}?into={self.gone.pk}",
            }
        return TemplateResponse(self.request, self.template, context)

    def page_of(self, one):
        """The page of one of them in the admin."""
        opts = self.admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[one.pk])

    def others(self, rows):
        return [(one, self.said(one)) for one in rows.exclude(pk=self.gone.pk)[:FOUND]]


class OrganisationMerger(Merger):
    """Two entries of one organisation."""

    leave = LEAVE

    def among(self):
        return Organisation.objects.visible_to(self.request.user).select_related("region")

    def found(self, words):
        """Those with these words in their name; without words those that look like it."""
        if words:
            here = self.among().standing().filter(Q(name__icontains=words) | Q(kvk=words))
            return self.others(here.order_by("name", "pk"))
        gone = self.gone
        return self.others(self.among().like(name=gone.name, kvk=gone.kvk, website=gone.website))

    def said(self, one):
        return f"{one.get_kind_display()} · {one.region} · {one.get_state_display()}"

    def facts(self, pair):
        return facts(pair)

    def reasons(self):
        return why_not(self.gone, self.stays)

    def made(self):
        token = Token.of(self.request.POST.get("token", fresh_token()), self.request.POST.items())
        try:
            return attempt(merge, self.gone, self.request.user, token, {"into": self.stays})
        except IntegrityError:
            return NOT_MADE, _(
                "Both have something that can be there once only. Ask an administrator."
            )

    def address(self, one):
        return reverse("admin:partners_organisation_move", args=[one.pk, "merge"])


class PersonMerger(Merger):
    """Two accounts of one person."""

    template = "admin/partners/merge_people.html"
    leave = HISTORY - {"notices.notice.recipient"}

    def among(self):
        return Person.objects.filter(is_the_factory=False)

    def found(self, words):
        """Those with these words in their name or address; without words those of the same name."""
        wanted = Q(name__iexact=self.gone.name)
        if words:
            wanted = Q(name__icontains=words) | Q(email__icontains=words)
        return self.others(self.among().filter(wanted, is_active=True).order_by("name", "pk"))

    def said(self, one):
        return one.email

    def facts(self, pair):
        first, second = pair
        return [
            (_("Name"), first.name, second.name),
            (_("E-mail address"), first.email, second.email),
            (_("Phone number"), first.phone or "–", second.phone or "–"),
            (_("Organisations"), _places(first), _places(second)),
        ]

    def reasons(self):
        return account_stops(self.gone, self.stays)

    def made(self):
        try:
            merge_accounts(self.gone, self.stays, by=self.request.user)
        except Missing as missing:
            return NOT_MADE, str(missing)
        return MADE, _("The two accounts are one now.")

    def address(self, one):
        return reverse("admin:partners_person_merge", args=[one.pk])


def _places(person):
    rows = Organisation.objects.of(person).order_by("name").values_list("name", flat=True)
    return ", ".join(rows) or "–"


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else None
