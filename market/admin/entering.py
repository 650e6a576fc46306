"""A need or an offer that somebody tells by phone: find who it is, then their own form."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from factory.coordination.for_somebody import entering, noted
from factory.move_admin import MADE
from factory.moves import may_stand_in
from market.lifecycle.listing import post
from market.models import Listing
from market.posting import ListingForm
from partners.models import Membership, Organisation

SHOWN = 15


class EntersListings:
    """Mixed into the admin of listings: ``enter/`` finds somebody, ``enter/<person>/need/`` is the form."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("enter/", view(self.enter_view), name="market_listing_enter"),
            path(
                "enter/<int:person>/<str:kind>/",
                view(self.enter_for_view),
                name="market_listing_enter_for",
            ),
            *super().get_urls(),
        ]

    def enter_view(self, request):
        """Whoever may post, by a part of their name or their organisation's."""
        asked = request.GET.get("q", "").strip()[:100]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who needs or offers something?"),
            "opts": self.opts,
            "asked": asked,
            "rows": posters(asked) if asked else [],
        }
        return TemplateResponse(request, "admin/market/enter.html", context)

    def enter_for_view(self, request, person, kind):
        """Their form; POST posts it for them."""
        somebody = get_object_or_404(get_user_model(), pk=person)
        if kind not in Listing.Kind.values:
            raise Http404
        thing = Listing(kind=kind, organisation=_standing(somebody).first())
        if thing.organisation_id is None or not may_stand_in(request.user, somebody):
            raise PermissionDenied(_("This person cannot post for an organisation."))
        form = ListingForm(request.POST or None, thing=thing, by=somebody)
        if not (request.method == "POST" and form.is_valid()):
            title = _("A need") if thing.is_need else _("An offer")
            sees = _(
                "Everybody, once it is on the market. Name and number only those to whom they are introduced."
            )
            return entering(self, request, post, form, somebody, title=title, sees=sees)
        level = noted(self, request, post, thing, somebody, form.cleaned_data)
        return HttpResponseRedirect(
            self.page_of(thing) if level == MADE and thing.pk else reverse("admin:index")
        )


def _standing(person):
    """The organisations for which this person may post now."""
    mine = person.memberships.who_decide().values("organisation")
    gone = [Organisation.State.LEFT, Organisation.State.SUSPENDED]
    return Organisation.objects.filter(pk__in=mine).exclude(state__in=gone).order_by("pk")


def posters(asked):
    """Memberships of who may post, by a part of a name."""
    gone = [Organisation.State.LEFT, Organisation.State.SUSPENDED]
    found = Membership.objects.who_decide().exclude(organisation__state__in=gone)
    found = found.filter(Q(person__name__icontains=asked) | Q(organisation__name__icontains=asked))
    found = found.filter(person__is_active=True, person__is_staff=False)
    return found.select_related("person", "organisation").order_by("organisation__name", "pk")[
        :SHOWN
    ]


def coordinator_acts():
    """On the coordinators' first page."""
    return [
        {"words": _("Enter a need"), "url": reverse("admin:market_listing_enter")},
        {"words": _("A round of suggestions"), "url": reverse("admin:market_listing_round")},
    ]
