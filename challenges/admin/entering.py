"""A problem that somebody tells by phone: find who it is, or say who it is, then their own five fields."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from challenges.intake_forms import BringForm
from challenges.lifecycle.bringing import bring
from challenges.models import Challenge
from challenges.models.bringers import ANSWERERS, bringers_of
from factory.coordination.for_somebody import entering, noted
from factory.move_admin import MADE
from factory.moves import may_stand_in
from partners.entering import WhoForm, let_in
from partners.models import Membership, Organisation, Person

SHOWN = 15
State = Organisation.State


class NewcomerForm(WhoForm, BringForm):
    """The five fields, and who told them: somebody who is not here yet, or not at this organisation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["organisation"], self.fields["person_phone"]
        self.initial["phone"] = ""
        self.order_fields(["person_name", "person_email", "phone"])

    def clean(self):
        """One number will do: on which we ring them is theirs."""
        data = super().clean()
        return data | {
            "person_phone": data.get("phone", ""),
            "organisation": self.thing.organisation,
        }


class EntersProblems:
    """Mixed into the admin of challenges: ``enter/`` finds somebody, ``enter/<person>/`` is their form.

    ``enter/at/<organisation>/`` is the form of somebody of that organisation who is not here yet.
    """

    def get_urls(self):
        views = {
            "enter/": (self.enter_view, "enter"),
            "enter/<int:person>/": (self.enter_for_view, "enter_for"),
            "enter/at/<int:organisation>/": (self.enter_at_view, "enter_at"),
        }
        own = [
            path(at, self.admin_site.admin_view(view), name=f"challenges_challenge_{name}")
            for at, (view, name) in views.items()
        ]
        return own + super().get_urls()

    def enter_view(self, request):
        """Who has a problem, by a part of their name or their organisation's."""
        asked = request.GET.get("q", "").strip()[:100]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who tells you of a problem?"),
            "opts": self.opts,
            "asked": asked,
            "rows": tellers(asked) if asked else [],
            "places": places(asked) if asked else [],
        }
        return TemplateResponse(request, "admin/challenges/enter.html", context)

    def enter_for_view(self, request, person):
        """The five fields of somebody who is here already; POST sends them in for them."""
        somebody = get_object_or_404(Person, pk=person)
        thing = Challenge(organisation=bringers_of(somebody).first())
        if thing.organisation_id is None or not may_stand_in(request.user, somebody):
            raise PermissionDenied(_("This person cannot bring a problem for an organisation."))
        form = BringForm(request.POST or None, request.FILES or None, thing=thing, by=somebody)
        if not (request.method == "POST" and form.is_valid()):
            title = _("The problem")
            return entering(self, request, bring, form, somebody, title=title, sees=readers_of_it())
        return self._told(request, thing, somebody, form)

    def enter_at_view(self, request, organisation):
        """The same of somebody who is not here yet: they are let in, and it is sent in for them."""
        thing = Challenge(organisation=get_object_or_404(open_places(), pk=organisation))
        form = NewcomerForm(
            request.POST or None, request.FILES or None, thing=thing, by=request.user
        )
        if request.method == "POST" and form.is_valid():
            return self._told_by_newcomer(request, thing, form)
        title = _("A problem of %(name)s") % {"name": thing.organisation}
        return entering(self, request, bring, form, None, title=title, sees=readers_of_it())

    @transaction.atomic
    def _told_by_newcomer(self, request, thing, form):
        somebody = form.person()
        let_in(thing.organisation, somebody, by=request.user)
        answer = self._told(request, thing, somebody, form)
        transaction.set_rollback(thing.pk is None)
        return answer

    def _told(self, request, thing, somebody, form):
        level = noted(self, request, bring, thing, somebody, form.cleaned_data)
        there = level == MADE and thing.pk
        return HttpResponseRedirect(self.page_of(thing) if there else reverse("admin:index"))


def open_places():
    """The organisations that bring problems and that somebody can be let into."""
    found = Organisation.objects.filter(state__in=[State.ACTIVE, State.LISTED])
    return found.exclude(kind__in=ANSWERERS)


def places(asked):
    """Organisations by a part of their name."""
    return open_places().filter(name__icontains=asked).order_by("name", "pk")[:SHOWN]


def tellers(asked):
    """Memberships of who may send a problem in, by a part of a name."""
    found = Membership.objects.who_decide().filter(
        Q(person__name__icontains=asked) | Q(organisation__name__icontains=asked),
        organisation__state=State.ACTIVE,
        person__is_active=True,
        person__is_staff=False,
    )
    found = found.exclude(organisation__kind__in=ANSWERERS)
    return found.select_related("person", "organisation").order_by("organisation__name", "pk")[
        :SHOWN
    ]


def coordinator_acts():
    """On the coordinators' first page."""
    address = reverse("admin:challenges_challenge_enter")
    return [{"words": _("Enter a problem"), "url": address}]


def readers_of_it():
    """Who sees what is typed for somebody, and from when."""
    return _(
        "Their organisation and our coordinators. Nobody else, until they approve it and it opens."
    )
