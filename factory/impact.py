"""What it came to: figures of every app, as of any day, and the same as tables to download."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.contributions import gather
from factory.forms import DateField
from factory.sheets import EURO, FORMATS, NUMBER, Column, as_answer

WORDS = (gettext_lazy("Table"), gettext_lazy("Row"), gettext_lazy("What"))
COLUMNS = [
    *(Column(label, lambda row, n=n: row[n], width=32) for n, label in enumerate(WORDS)),
    Column(gettext_lazy("Number"), lambda row: row[3], NUMBER),
    Column(gettext_lazy("Amount in euro"), lambda row: row[4], EURO),
    Column(gettext_lazy("Note"), lambda row: row[5], width=32),
]


class DayForm(forms.Form):
    """The day whose evening the figures hold for."""

    on = DateField(label=gettext_lazy("Figures as they were on"), latest=clock.today)


def impact(request):
    """``?on=2026-11-23`` looks back; ``?by=province`` splits otherwise; ``?format=csv`` or xlsx gives all tables."""
    form = DayForm(request.GET) if request.GET.get("on") else DayForm()
    good = not form.is_bound or form.is_valid()
    on = form.cleaned_data["on"] if form.is_bound and good else clock.today()
    parts = [figures(on) for figures in gather("impact_figures")]
    sections = [section for part in parts for section in part["sections"]]
    if good and request.GET.get("format") in FORMATS:
        return as_answer(request.GET["format"], f"impact-{on}", COLUMNS, rows_of(sections))
    tabs = [section for section in sections if section.get("tab")]
    shown = next((tab for tab in tabs if tab["way"] == request.GET.get("by")), tabs and tabs[0])
    context = {
        "form": form,
        "on": on,
        "looks_back": form.is_bound and good,
        "stats": [row for part in parts for row in part["stats"]],
        "tabs": tabs,
        "shown": shown,
        "sections": [s for s in sections if s is shown or not s.get("tab")],
        "counting": [rule for part in parts for rule in part["counting"]],
    }
    return render(request, "impact.html", context, status=200 if good else 422)


def rows_of(sections):
    """All tables under each other: the table, the row, what is counted, the number, cents and a note."""
    for section in sections:
        lines = _measured if section["chart"] == "measures" else _counted
        for line in lines(section):
            yield (section["title"], *line)


def _counted(section):
    for row in section["rows"]:
        note = row.get("note", _("taken together with others")) if "shown" in row else ""
        number = None if note else row["value"]
        yield row.get("label", row.get("name")), section["figures"], number, None, note


def _measured(section):
    for row in section["rows"]:
        for measure in section["measures"]:
            cell = row["cells"][measure["code"]]
            note = "" if cell else _("taken together with others")
            number, cents = (cell["number"], cell["cents"]) if cell else (None, None)
            yield row["label"], measure["label"], number, cents, note
