"""What an organisation bought and sold in a year, as a sheet for its own books."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.sheets import DAY, EURO, Column, as_answer
from market.introducing import reference_of
from market.models import Match
from partners.models import Organisation

FIRST, LAST = 2015, 2100


def columns(own):
    """The columns, as the organisation with this id reads them."""

    def other(match):
        return match.organisation if match.buyer_id == own else match.buyer

    def told(name):
        return lambda match: getattr(getattr(match, "social_return", None), name, "") or ""

    return [
        Column(_("Reference"), lambda match: reference_of(match.need), width=14),
        Column(_("Bought or sold"), lambda m: _("bought") if m.buyer_id == own else _("sold")),
        Column(_("With"), lambda match: other(match).name, width=34),
        Column(_("KvK number"), lambda match: other(match).kvk, width=12),
        Column(_("Need"), "need.title", width=40),
        Column(_("State"), "get_state_display"),
        Column(_("Agreed, excluding VAT"), "agreed_cents", kind=EURO),
        Column(_("Noted by the buyer"), "buyer_cents", kind=EURO),
        Column(_("Noted by the supplier"), "supplier_cents", kind=EURO),
        Column(_("Counts as"), "realised_cents", kind=EURO),
        Column(_("Introduced on"), lambda match: _day(match.introduced_at), kind=DAY),
        Column(_("Completed on"), lambda match: _day(match.completed_at), kind=DAY),
        Column(_("Contract reference"), told("contract"), width=20),
        Column(_("Contracting authority"), told("authority"), width=30),
        Column(_("Invoice number"), told("invoice"), width=16),
    ]


def _day(moment):
    return timezone.localdate(moment) if moment else None


def of_year(organisation, year):
    """Its matches of this year, each of one year only: of the day it counts, until then of the introduction."""
    sides = Q(buyer=organisation) | Q(organisation=organisation)
    when = Q(completed_at__year=year) | Q(completed_at=None, introduced_at__year=year)
    related = ("need", "buyer", "organisation", "social_return__authority")
    rows = Match.objects.filter(sides & when, introduced_at__isnull=False)
    rows = rows.select_related(*related).defer("need__search_nl", "need__search_en", "need__text")
    return rows.order_by("introduced_at", "pk")


WHO = gettext_lazy("an owner or editor of the organisation")
A_CHECKED_ONE = gettext_lazy("an owner or editor of the organisation, once it has been checked")


@login_required
def year(request, slug, year):
    """For its owners and editors alone."""
    seen = Organisation.objects.visible_to(request.user)
    organisation = seen.filter(slug=slug).first()
    if organisation is None or not FIRST <= year <= LAST:
        raise Http404
    if organisation.is_only_claimed or organisation.pk not in request.user.decides_for():
        who = A_CHECKED_ONE if organisation.is_only_claimed else WHO
        context = {"thing": organisation, "who": who}
        return render(request, "moves/refused.html", context, status=403)
    name = f"{organisation.name} {year}"
    return as_answer("xlsx", name, columns(organisation.pk), of_year(organisation, year))
