"""Needs and offers, and what readers report about them."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.for_somebody import ForSomebody
from factory.export_admin import Exporting
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from factory.templatetags.words import euro
from market import exports
from market.admin.entering import EntersListings
from market.admin.round import round_view
from market.admin.shortlist import Shortlist
from market.models import Listing, Report
from market.models.asking import names_of
from partners.desk_filters import ProvinceFilter
from partners.models import Membership, Person


@admin.register(Listing)
class ListingAdmin(EntersListings, ForSomebody, Exporting, MoveAdmin):
    """Everything on the board; a need leads to its shortlist."""

    sheet, sheet_rows = exports.LISTINGS, staticmethod(exports.listings)
    bulk = ["take_down", "put_back"]
    list_display = [
        "title",
        "kind",
        "organisation",
        "region",
        "state_shown",
        "created_at",
        "shortlist",
    ]
    list_filter = [StateFilter, "kind", ProvinceFilter, "sector"]
    list_select_related = ["organisation", "region"]
    search_fields = ["title", "organisation__name"]
    ordering = ["-created_at", "-pk"]
    change_form_template = "admin/market/listing.html"
    fieldsets = [
        (
            None,
            {"fields": ["state_shown", "taken_down_because", "kind", "organisation", "contact"]},
        ),
        (
            _("What it says"),
            {"fields": ["title", "text", "sector", "themes", "region", "nationwide"]},
        ),
        (
            _("Terms"),
            {
                "fields": [
                    "value",
                    "needed_by_date",
                    "ask_me_first",
                    "hides_name",
                    "several",
                    "recognitions",
                    "reach_km",
                ]
            },
        ),
        (
            _("Dates"),
            {"fields": ["created_at", "live_at", "paused_until", "expires_at", "searched_at"]},
        ),
    ]

    @admin.display(description=_("amount"))
    def value(self, listing):
        return euro(listing.value_cents) or "–"

    @admin.display(description=_("recognitions asked for"))
    def recognitions(self, listing):
        return ", ".join(names_of(listing.asked_proofs)) or "–"

    @admin.display(description=_("shortlist"))
    def shortlist(self, listing):
        if not listing.is_need:
            return "–"
        url = reverse("admin:market_listing_shortlist", args=[listing.pk])
        return format_html('<a href="{}">{}</a>', url, _("Shortlist"))

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_nl", "search_en")

    def get_urls(self):
        view = self.admin_site.admin_view(self.shortlist_view)
        name = "market_listing_shortlist"
        rounds = self.admin_site.admin_view(self.round_view)
        return [
            path("<int:pk>/shortlist/", view, name=name),
            path("round/", rounds, name="market_listing_round"),
            *super().get_urls(),
        ]

    def people_for(self, listing):
        """Who decides for its organisation."""
        deciders = Membership.objects.who_decide().filter(organisation=listing.organisation_id)
        return Person.objects.filter(pk__in=deciders.values("person"))

    def round_view(self, request):
        """One round over all open needs, and how fair it is."""
        return round_view(self, request)

    def shortlist_view(self, request, pk):
        """Five suggestions for one need on one screen."""
        return Shortlist(self, request, pk).answer()


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """What readers say is not right; the oldest that nobody handled first."""

    list_display = ["listing", "why", "text", "reporter", "at", "handled_at"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "why"]
    list_select_related = ["listing", "reporter"]
    ordering = ["-handled_at", "at"]
    actions = ["handled"]
    show_full_result_count = False

    @admin.action(description=_("Mark as handled"), permissions=["view"])
    def handled(self, request, reports):
        done = reports.filter(handled_at=None).update(handled_at=clock.now())
        self.message_user(request, _("Handled: %(n)s") % {"n": done})

    def has_add_permission(self, request, *_args):
        return False

    has_change_permission = has_delete_permission = has_add_permission
