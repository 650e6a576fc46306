"""Closed days and award instruments on the desk of the coordinators: rows with their source, kept in its history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from challenges.models import Closure, Instrument
from partners.models import Organisation

Kind = Organisation.Kind


@admin.register(Closure)
class ClosureAdmin(admin.ModelAdmin):
    """School holidays and recesses of councils: a calendar warns of them from the moment that they stand here."""

    list_display = [
        "kind", "region", "organisation", "first_date", "last_date", "is_estimated", "source",
    ]  # fmt: skip
    list_filter = ["kind", "region", "is_estimated"]
    list_select_related = ["organisation"]
    ordering = ["-first_date", "kind", "pk"]
    fields = [
        "kind", "region", "organisation", "first_date", "last_date", "is_estimated", "source",
        "source_url",
    ]  # fmt: skip
    show_full_result_count = False

    def formfield_for_foreignkey(self, field, request, **kwargs):
        """A recess is of a council: municipalities and provinces only."""
        of_councils = Organisation.objects.filter(kind__in=[Kind.MUNICIPALITY, Kind.PROVINCE])
        kwargs["queryset"] = of_councils.order_by("name", "pk")
        return super().formfield_for_foreignkey(field, request, **kwargs)


@admin.register(Instrument)
class InstrumentAdmin(admin.ModelAdmin):
    """By what a challenge is awarded. Whether its way was built and tested is ours to say, so that is only read."""

    list_display = ["slug", "name_nl", "period", "disclosure", "is_ready", "valid_from", "valid_to"]
    ordering = ["order", "slug"]
    fieldsets = [
        (None, {"fields": ["slug", "name_nl", "name_en", "about_nl", "about_en", "order"]}),
        (
            _("What it asks"),
            {"fields": ["period", "disclosure", "allows_changes", "wants_lawyer", "is_ready"]},
        ),
        (_("When it holds"), {"fields": ["valid_from", "valid_to", "source", "source_url"]}),
    ]
    readonly_fields = ["is_ready"]

    def get_readonly_fields(self, request, instrument=None):
        """What public challenges were opened with stands: something else is an instrument of its own."""
        if instrument is None:
            return self.readonly_fields
        used = Instrument.OF_ITS_WAY if instrument.is_in_use else ()
        return [*self.readonly_fields, "slug", *used]

    def has_delete_permission(self, request, instrument=None):
        return False
