"""What stands in rows below an organisation on the coordinators' desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory.move_admin import Rows
from factory.templatetags.phones import tel
from partners.models import MailDomain, Membership, PurchaseLimit


def as_link(phone):
    """A number that one touches to call."""
    return format_html('<a class="nobr" href="{}">{}</a>', tel(phone), phone) if tel(phone) else "–"


class MailDomainInline(Rows):
    model = MailDomain
    fields = ["domain", "since", "until", "checked_on", "checked_by", "source"]


class MembershipInline(Rows):
    model = Membership
    fields = ["person", "number", "role", "mandate_cents", "asked_at", "confirmed_at"]
    readonly_fields = ["number", "asked_at"]

    @admin.display(description=_("phone"))
    def number(self, membership):
        return as_link(membership.person.phone)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


class PurchaseLimitInline(Rows):
    model = PurchaseLimit
    fields = ["cents", "valid_from", "valid_to", "policy_url"]
