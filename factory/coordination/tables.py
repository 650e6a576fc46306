"""How it goes: what every app counts for coordinators; the first rows on the page, and all of them as a sheet."""

import html

from django.http import Http404
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factory import clock
from factory.contributions import gather
from factory.export_admin import journal_export
from factory.sheets import FORMATS, NUMBER, TEXT, Column, as_answer

MOST_ROWS, MOST_BARS = 40, 10


def counted(request, only=None):
    """Every block (``only``: the one with this key), for the coordinator's provinces or (``?all``) for all of them."""
    everywhere = "all" in request.GET
    parts = gather("coordinator_figures")
    with clock.held():
        return [one for part in parts for one in part(request.user, everywhere, only)]


def shown(block):
    """As the page shows it: the first rows with how many there are, and the first bars with the others as one."""
    bars = block["bars"]
    rows, left = block["rows"].first(MOST_ROWS)
    if len(bars) > MOST_BARS:
        rest = bars[MOST_BARS - 1 :]
        others = {"label": _("%(n)s others") % {"n": len(rest)}, "value": _sum(rest)}
        bars = [*bars[: MOST_BARS - 1], others]
    return block | {"bars": bars, "shown": rows, "left": left}


def _sum(bars):
    return sum(bar["value"] for bar in bars)


def sheet(request, key, kind):
    """All rows of one table, as CSV or for a spreadsheet; the journal says who took them along."""
    blocks = counted(request, only=key)
    if kind not in FORMATS or not blocks:
        raise Http404
    (block,) = blocks
    rows = list(block["rows"])
    columns = [_column(label, rows, number) for number, label in enumerate(block["head"])]
    journal_export(request.user, f"figures-{key}", kind, len(rows))
    return as_answer(kind, block["title"], columns, rows)


def _column(label, rows, number):
    """Numbers stay numbers where there is nothing else in the column."""
    counts = all(isinstance(row[number], int) for row in rows)
    return Column(label, lambda row: _plain(row[number]), NUMBER if counts else TEXT, width=32)


def _plain(cell):
    """A cell without its link; what is no HTML is left as it was written."""
    return html.unescape(strip_tags(cell)) if isinstance(cell, SafeString) else cell
