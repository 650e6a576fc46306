"""What stands in rows below an organisation on the coordinators' desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory.move_admin_parts import Rows
from factory.templatetags.phones import tel
from factory.templatetags.words import euro
from partners.models import MailDomain, Membership, PurchaseLimit


def as_link(phone):
    """A number that one touches to call."""
    return format_html('<a class="nobr" href="{}">{}</a>', tel(phone), phone) if tel(phone) else "–"


class MailDomainInline(Rows):
    model = MailDomain
    fields = ["domain", "shared", "since", "until", "checked_on", "checked_by", "source"]


class MembershipInline(Rows):
    model = Membership
    fields = ["person", "number", "role", "mandate", "asked_at", "confirmed_at"]
    readonly_fields = ["number", "mandate", "asked_at"]

    @admin.display(description=_("may decide up to"))
    def mandate(self, membership):
        return euro(membership.mandate_cents) if membership.mandate_cents else "–"

    @admin.display(description=_("phone"))
    def number(self, membership):
        return as_link(membership.person.phone)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


class PurchaseLimitInline(Rows):
    model = PurchaseLimit
    fields = ["amount", "valid_from", "valid_to", "policy_url"]
    readonly_fields = ["amount"]

    @admin.display(description=_("amount"))
    def amount(self, limit):
        return euro(limit.cents)
