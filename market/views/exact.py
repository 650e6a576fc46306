"""Exact figures by year, province and sector, one within the other: for coordinators."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.forms import DateField
from market.figures.amounts import MEASURES, WAYS, Labels
from market.figures.exact import exact_tables
from market.models import Value
from partners.models import Region, Sector

FIRST_YEAR = 2000


class CutForm(forms.Form):
    """As of which day, and of which year, province and sector."""

    on = DateField(
        label=gettext_lazy("Figures as they were on"), latest=clock.today, required=False
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=2999, required=False
    )
    province = forms.ModelChoiceField(
        Region.objects.provinces().order_by("name"), label=gettext_lazy("Province"), required=False
    )
    sector = forms.ModelChoiceField(
        Sector.objects.all(), label=gettext_lazy("Sector"), required=False
    )


@login_required
def exact(request):
    """``?year=2025&province=…``: three tables of what is left."""
    if not request.user.is_staff:
        raise PermissionDenied(_("Only coordinators of the Factory come here."))
    form = CutForm(request.GET)
    cut = form.cleaned_data if form.is_valid() else {}
    on = cut.get("on") or clock.today()
    kept = {way: getattr(cut.get(way), "pk", cut.get(way)) for way in WAYS}
    found, labels = exact_tables(on, **kept), Labels()
    words = {"year": _("Year"), "province": _("Province"), "sector": _("Sector")}
    context = {
        "form": form,
        "on": on,
        "measures": [measure.label for measure in Value.Measure],
        "tables": [_table(words[way], found[way], labels.rows(way, found[way])) for way in WAYS],
    }
    return render(request, "market/exact.html", context, status=200 if form.is_valid() else 422)


def _table(head, table, labels):
    rows = [
        (label, [table.cell(key, measure) for measure in MEASURES])
        for key, label in labels
        if key in table.cells
    ]
    return {"head": head, "rows": rows, "totals": [table.total(measure) for measure in MEASURES]}
