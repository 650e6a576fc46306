"""Holidays on the desk of the administrators."""

from django.contrib import admin

from factory.knowledge.holidays import known
from factory.knowledge.models import Holiday


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    """Days on which no term ends or offices are closed: administrators only, as with the norms."""

    list_display = ["code", "ends_no_term", "closes_offices", "valid_from", "valid_to", "source"]
    list_filter = ["ends_no_term", "closes_offices"]
    ordering = ["-valid_from", "code"]

    def has_delete_permission(self, request, holiday=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        known.forget()
