"""The coordinators' desk for organisations: who waits to be checked first."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory.coordination.for_somebody import ForSomebody
from factory.export_admin import Exporting
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from partners import exports
from partners.desk_filters import DomainsFilter, ProvinceFilter
from partners.desk_rows import MailDomainInline, MembershipInline, PurchaseLimitInline, as_link
from partners.entering import OPEN_TO_ALL, EntersOrganisations
from partners.mergers.pages import OrganisationMerger
from partners.models import Membership, Organisation, Person


class OrganisationAdmin(EntersOrganisations, ForSomebody, Exporting, MoveAdmin):
    """Organisations; those that wait to be checked first, the longest waiting on top."""

    sheet, sheet_rows = exports.ORGANISATIONS, staticmethod(exports.organisations)
    tools = [(_("Import partners"), "admin:partners_import_add")]
    queue = (Organisation.State.APPLIED, Organisation.State.IN_CHECK)
    elsewhere = ("ask_to_join", "claim", "join", "take_up", "take_words")
    bulk = [
        "check",
        "activate",
        "ask_more",
        "turn_down",
        "suspend",
        "reinstate",
        "check_domains",
        "take_back",
    ]
    list_display = ["name", "kind", "state_shown", "region", "province", "kvk", "created_at"]
    list_filter = [StateFilter, DomainsFilter, "kind", ProvinceFilter]
    list_select_related = ["region", "province"]
    search_fields = ["name", "legal_name", "kvk", "town"]
    ordering = ["created_at", "pk"]
    inlines = [MembershipInline, MailDomainInline, PurchaseLimitInline]
    change_form_template = "admin/partners/organisation.html"
    fieldsets = [
        (None, {"fields": ["state_shown", "question", "answer", "answered_at", "created_at", "active_since"]}),
        (
            _("Who they are"),
            {"fields": ["name", "kind", "mission", "description", "size", "sectors", "themes", "goals"]},
        ),
        (
            _("What the registers say"),
            {"fields": ["legal_name", "legal_form", "kvk", "rsin", "vat", "oin"]},
        ),
        (
            _("Where they are"),
            {
                "fields": [
                    "street", "postcode", "town", "invoices", "region", "province", "works_in",
                    "website", "email", "number",
                ]
            },
        ),
    ]  # fmt: skip

    @admin.display(description=_("phone"))
    def number(self, organisation):
        return as_link(organisation.phone)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With those that may be the same one, while it is being checked."""
        thing = self.get_object(request, unquote(object_id))
        context = {"alike": self.alike(thing) if thing and thing.state in self.queue else ()}
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def alike(self, organisation):
        """Up to five others with this number, web address or nearly this name; applicants do not see each other."""
        others = Organisation.objects.exclude(pk=organisation.pk)
        said = {
            "name": organisation.name,
            "kvk": organisation.kvk,
            "website": organisation.website,
        }
        return list(others.like(**said).select_related("region").defer("search")[:5])

    def people_for(self, organisation):
        """Who belongs to it."""
        here = Membership.objects.confirmed().filter(organisation=organisation)
        return Person.objects.filter(pk__in=here.values("person"))

    def buttons(self, request, organisation):
        """With the way to add a colleague; of a listed name the first one, as nobody of it can tell anything yet."""
        found = super().buttons(request, organisation)
        if organisation.state == Organisation.State.LISTED:
            found = [one for one in found if one["url"] != self.for_url(organisation)]
        if organisation.state in OPEN_TO_ALL:
            url = reverse("admin:partners_organisation_join", args=[organisation.pk])
            found.append(
                {
                    "words": gettext("Add somebody"),
                    "url": url,
                    "missing": [],
                    "asks": True,
                    "quiet": True,
                }
            )
        return found

    def idle(self, organisation):
        """What has nothing to work on: no picture to take away, no invitation to withdraw, nobody to let in."""
        rows = {
            "drop_picture": organisation.pictures.all(),
            "withdraw_invitation": organisation.invitations.unused(),
            "admit": organisation.memberships.filter(confirmed_at=None),
            "change_role": organisation.memberships.confirmed(),
            "end_membership": organisation.memberships.all(),
        }
        said = Organisation.objects.filter(pk=organisation.pk).values_list(
            *map(Exists, rows.values())
        )
        return [name for name, there in zip(rows, said[0], strict=True) if not there]

    def move_view(self, request, object_id, name):
        """Merging shows both side by side first; every other move as it is."""
        gone = self.get_object(request, object_id) if name == "merge" else None
        if gone is None or not self.moves["merge"].open_to(request.user, gone):
            return super().move_view(request, object_id, name)
        return OrganisationMerger(self, request, gone).answer()
