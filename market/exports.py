"""What leaves the market as a sheet: listings and matches, for coordinators."""

from django.utils.translation import gettext_lazy as _

from factory.sheets import DAY, EURO, MOMENT, NUMBER, Column
from partners.absence import answering_now

LISTINGS = [
    Column(_("Number"), "pk", kind=NUMBER, width=10),
    Column(_("Title"), "title", width=40),
    Column(_("Kind"), "get_kind_display", width=10),
    Column(_("State"), "get_state_display"),
    Column(_("Organisation"), "organisation.name", width=34),
    Column(_("Sector"), "sector", width=24),
    Column(_("Municipality"), "region.name"),
    Column(_("Province"), "province.name"),
    Column(_("Amount, excluding VAT"), "value_cents", kind=EURO),
    Column(_("How often"), "get_unit_display", width=12),
    Column(_("Needed on"), "needed_by_date", kind=DAY, width=14),
    Column(_("Contact"), "reached_name", width=26),
    Column(_("E-mail address"), "reached_email", width=30),
    Column(_("Phone number"), "reached_phone", width=16),
    Column(_("Made on"), "created_at", kind=MOMENT),
    Column(_("On the market since"), "live_at", kind=MOMENT),
    Column(_("Until"), "expires_at", kind=MOMENT),
]


def listings(rows):
    """The listings with whose they are, where, and whom one reaches about them today."""
    reached = {
        f"reached_{name}": answering_now("organisation", "contact", f"person__{name}")
        for name in ("name", "email", "phone")
    }
    rows = rows.annotate(**reached).select_related("organisation", "sector", "region", "province")
    return rows.defer("search_nl", "search_en", "text", "organisation__description")


MATCHES = [
    Column(_("Number"), "pk", kind=NUMBER, width=10),
    Column(_("Need"), "need.title", width=40),
    Column(_("Buyer"), "buyer.name", width=34),
    Column(_("Supplier"), "organisation.name", width=34),
    Column(_("Offer"), "offer.title", width=40),
    Column(_("State"), "get_state_display"),
    Column(_("Reason"), "get_reason_display", width=28),
    Column(_("Agreed, excluding VAT"), "agreed_cents", kind=EURO),
    Column(_("Noted by the buyer"), "buyer_cents", kind=EURO),
    Column(_("Noted by the supplier"), "supplier_cents", kind=EURO),
    Column(_("Counts as"), "realised_cents", kind=EURO),
    Column(_("Suggested on"), "created_at", kind=MOMENT),
    Column(_("Introduced on"), "introduced_at", kind=MOMENT),
    Column(_("Completed on"), "completed_at", kind=MOMENT),
]


def matches(rows):
    """The matches with their need, offer and parties."""
    related = rows.select_related("need", "offer", "buyer", "organisation")
    heavy = ("search_nl", "search_en", "text")
    return related.defer(*(f"{side}__{name}" for side in ("need", "offer") for name in heavy))
