"""What leaves the registry as a sheet: organisations and people, for coordinators."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from factory.sheets import DAY, MOMENT, NUMBER, Column
from partners.models import Membership


def _listed(kind):
    return lambda organisation: ", ".join(getattr(organisation, f"{kind}_names"))


ORGANISATIONS = [
    Column(_("Name"), "name", width=34),
    Column(_("Kind"), "get_kind_display", width=22),
    Column(_("State"), "get_state_display"),
    Column(_("Mission"), "mission", width=50),
    Column(_("Sectors"), _listed("sector"), width=28),
    Column(_("Themes"), _listed("theme"), width=28),
    Column(_("Works in"), _listed("area"), width=24),
    Column(_("People at work"), "size", kind=NUMBER, width=10),
    Column(_("Street and number"), "street", width=26),
    Column(_("Postcode"), "postcode", width=10),
    Column(_("Town"), "town"),
    Column(_("Invoice address"), "invoices", width=34),
    Column(_("Municipality"), "region.name"),
    Column(_("Province"), "province.name"),
    Column(_("Website"), "website", width=30),
    Column(_("E-mail address"), "email", width=30),
    Column(_("Phone number"), "phone", width=16),
    Column(_("Legal name"), "legal_name", width=34),
    Column(_("Legal form"), "get_legal_form_display", width=22),
    Column(_("KvK number"), "kvk", width=12),
    Column(_("RSIN"), "rsin", width=12),
    Column(_("VAT number"), "vat", width=18),
    Column(_("OIN"), "oin", width=24),
    Column(_("Came in on"), "created_at", kind=MOMENT),
    Column(_("Active since"), "active_since", kind=DAY, width=14),
]


def organisations(rows):
    """The organisations with the words that the columns name."""
    return rows.select_related("region", "province").with_words("sector", "theme", "area")


PEOPLE = [
    Column(_("Name"), "name", width=28),
    Column(_("E-mail address"), "email", width=30),
    Column(_("Phone number"), "phone", width=16),
    Column(_("What they do"), "job", width=24),
    Column(_("Organisations"), lambda person: ", ".join(person.organisation_names), width=40),
    Column(_("Language"), "get_language_display", width=12),
    Column(_("Can sign in"), "is_active", width=12),
    Column(_("Coordinator"), "is_staff", width=12),
    Column(_("Joined on"), "joined_at", kind=MOMENT),
    Column(_("Last signed in"), "last_login", kind=MOMENT),
]


def people(rows):
    """The people with the names of the organisations they belong to."""
    mine = Membership.objects.confirmed().filter(person=OuterRef("pk"))
    names = mine.order_by("organisation__name").values("organisation__name")
    return rows.annotate(organisation_names=ArraySubquery(names))
