"""What it came to: figures of every app, as of any day, and the same as a table to download."""

import csv

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.contributions import gather
from factory.forms import DateField

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DayForm(forms.Form):
    """The day whose evening the figures hold for."""

    on = DateField(label=gettext_lazy("Figures as they were on"), latest=clock.today)


def impact(request):
    """``?on=2026-11-23`` looks back; ``?format=csv`` gives the tables."""
    form = DayForm(request.GET) if request.GET.get("on") else DayForm()
    good = not form.is_bound or form.is_valid()
    on = form.cleaned_data["on"] if form.is_bound and good else clock.today()
    parts = [figures(on) for figures in gather("impact_figures")]
    sections = [section for part in parts for section in part["sections"]]
    if good and request.GET.get("format") == "csv":
        return _table(sections, on)
    context = {
        "form": form,
        "on": on,
        "looks_back": form.is_bound and good,
        "stats": [row for part in parts for row in part["stats"]],
        "sections": sections,
        "counting": [rule for part in parts for rule in part["counting"]],
    }
    return render(request, "impact.html", context, status=200 if good else 422)


def _table(sections, on):
    """All tables under each other: what it is about, the row, the figure, and whether it counts in euros."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="impact-{on}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Table"), _("Row"), _("Figure"), _("Unit")])
    for section in sections:
        unit = _("euro") if section.get("unit") == "euro" else _("number")
        for row in section["rows"]:
            cells = [
                section["title"],
                row.get("label", row.get("name")),
                _figure(row, section),
                unit,
            ]
            writer.writerow([defused(cell) for cell in cells])
    return response


def _figure(row, section):
    if "shown" in row:
        return row["shown"]
    return f"{row['value'] / 100:.2f}" if section.get("unit") == "euro" else row["value"]


def defused(cell):
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
