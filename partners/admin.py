"""The coordinators' desk for the registry: who waits to be checked, who is who, places and words."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory.coordination.unreachable import mail_arrives, mail_came_back
from factory.export_admin import Exporting
from factory.knowledge.models import Norm
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from factory.moves import may_stand_in
from partners import exports
from partners.desk_filters import ProvinceFilter
from partners.imports.pages import ImportAdmin
from partners.mergers.pages import PersonMerger
from partners.models import (
    Credential,
    Deputy,
    Goal,
    Import,
    Organisation,
    Person,
    Region,
    Sector,
    Theme,
)
from partners.organisation_admin import OrganisationAdmin

admin.site.register(Import, ImportAdmin)
admin.site.register(Organisation, OrganisationAdmin)


@admin.register(Credential)
class CredentialAdmin(MoveAdmin):
    """Proof that organisations sent in; what waits to be checked first, the longest waiting on top."""

    queue = (Credential.State.CLAIMED,)
    bulk = ["vouch"]
    list_display = ["__str__", "organisation", "state_shown", "valid_until", "created_at"]
    list_filter = [StateFilter, "proof"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__name", "number"]
    ordering = ["created_at", "pk"]
    fields = [
        "state_shown", "organisation", "proof", "level", "issuer", "number", "valid_from",
        "valid_until", "file", "register", "note", "checked_by", "checked_at", "created_at",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("evidence", "organisation")

    @admin.display(description=_("The certificate"))
    def file(self, credential):
        return _link(
            credential.evidence and credential.evidence.get_absolute_url(), credential.evidence
        )

    @admin.display(description=_("In a public register"))
    def register(self, credential):
        return _link(credential.register_url, credential.register_url)


def _link(address, words):
    return (
        format_html('<a href="{}" rel="noopener nofollow">{}</a>', address, words)
        if address
        else "–"
    )


def _can_look(request, person):
    return may_stand_in(request.user, person)


@admin.register(Person)
class PersonAdmin(Exporting, admin.ModelAdmin):
    """People. Coordinators read; only administrators say who coordinates and who may sign in."""

    sheet, sheet_rows = exports.PEOPLE, staticmethod(exports.people)
    list_display = ["name", "email", "phone", "is_active", "is_staff", "is_superuser"]
    list_filter = [
        "is_staff", "is_superuser", "is_active", "language",
        ("address_fails_since", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    show_full_result_count = False
    fields = [
        "name", "email", "phone", "job", "language", "is_active", "is_staff", "is_superuser",
        "joined_at", "last_login", "address_fails_since", "terms_version",
    ]  # fmt: skip
    readonly_fields = [
        "email", "joined_at", "last_login", "address_fails_since", "terms_version",
    ]  # fmt: skip

    change_form_template = "admin/partners/person.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the way to see the site as this member."""
        person = self.get_object(request, object_id)
        url = (
            reverse("admin:look_as", args=[person.pk])
            if person and _can_look(request, person)
            else ""
        )
        context = {"look_url": url, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_the_factory=False)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", view(self.merge_view), name="partners_person_merge"),
            path("<int:pk>/mail/", view(self.mail_view), name="partners_person_mail"),
            *super().get_urls(),
        ]

    def mail_view(self, request, pk):
        """A coordinator says that mail to this person comes back, or that it arrives after all. Only by POST."""
        person = self.get_queryset(request).filter(pk=pk, is_active=True).first()
        if person is None or request.method != "POST":
            raise Http404
        if "arrives" in request.POST:
            mail_arrives(person, by=request.user)
            words = _("Noted: mail to this address arrives.")
        else:
            mail_came_back(person, by=request.user)
            words = _(
                "Noted: mail to this address comes back. Nothing is mailed there until it changes."
            )
        self.message_user(request, words)
        return HttpResponseRedirect(reverse("admin:partners_person_change", args=[pk]))

    def merge_view(self, request, pk):
        """This account and another one of the same person become one."""
        gone = self.get_queryset(request).filter(pk=pk).first()
        if gone is None:
            raise Http404
        return PersonMerger(self, request, gone).answer()

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, person=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, person=None):
        return False


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Places, with who coordinates there. Their codes and days come with a release, not by hand."""

    list_display = ["name", "kind", "code", "province", "valid_from", "valid_to"]
    list_filter = ["kind", ProvinceFilter]
    list_select_related = ["province"]
    search_fields = ["name", "code", "aliases"]
    ordering = ["kind", "name"]
    show_full_result_count = False
    autocomplete_fields = ["coordinators"]
    readonly_fields = [
        "code", "kind", "name", "province", "successor", "valid_from", "valid_to",
        "latitude", "longitude",
    ]  # fmt: skip

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, region=None):
        return False


@admin.register(Deputy)
class DeputyAdmin(admin.ModelAdmin):
    """Who stands in for whom, where and when: the call list, the mail and the name on every page follow."""

    list_display = ["region", "coordinator", "deputy", "from_date", "until_date"]
    list_select_related = ["region", "coordinator", "deputy"]
    ordering = ["-until_date", "region__name"]
    fields = ["region", "coordinator", "deputy", "from_date", "until_date"]
    show_full_result_count = False

    def formfield_for_foreignkey(self, field, request, **kwargs):
        """Provinces and coordinators only."""
        kwargs["queryset"] = (
            Region.objects.provinces() if field.name == "region" else Person.objects.coordinators()
        )
        return super().formfield_for_foreignkey(field, request, **kwargs)


@admin.register(Sector, Theme, Goal)
class WordAdmin(admin.ModelAdmin):
    """Our own words in two languages."""

    list_display = ["slug", "name_nl", "name_en", "order"]
    ordering = ["order", "slug"]

    def has_delete_permission(self, request, word=None):
        return False


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):
    """Amounts and rules with their days and source: administrators only; a new value is a new row."""

    list_display = ["code", "value", "unit", "valid_from", "valid_to", "source"]
    list_filter = ["code"]
    ordering = ["code", "-valid_from"]

    def has_delete_permission(self, request, norm=None):
        return False
