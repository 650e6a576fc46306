"""How it goes: what every app counts for coordinators; the first rows on the page, and all of them as a sheet."""

from django.http import Http404
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from factory import clock
from factory.contributions import gather
from factory.sheets import NUMBER, TEXT, Column, as_answer

MOST_ROWS, MOST_BARS = 40, 10


def counted(request):
    """Every block, for the coordinator's provinces or (``?all``) for all of them."""
    everywhere = "all" in request.GET
    parts = gather("coordinator_figures")
    with clock.held():
        return [one for part in parts for one in part(request.user, everywhere)]


def shown(block):
    """As the page shows it: the first rows with how many there are, and the first bars with the others as one."""
    rows, bars = block["rows"], block["bars"]
    if len(bars) > MOST_BARS:
        rest = bars[MOST_BARS - 1 :]
        others = {"label": _("%(n)s others") % {"n": len(rest)}, "value": _sum(rest)}
        bars = [*bars[: MOST_BARS - 1], others]
    return block | {"bars": bars, "shown": rows[:MOST_ROWS], "left": max(0, len(rows) - MOST_ROWS)}


def _sum(bars):
    return sum(bar["value"] for bar in bars)


def sheet(request, key, kind):
    """All rows of one table, as CSV or for a spreadsheet."""
    block = next((one for one in counted(request) if one["key"] == key), None)
    if block is None:
        raise Http404
    columns = [_column(block, number) for number in range(len(block["head"]))]
    return as_answer(kind, block["title"], columns, block["rows"])


def _column(block, number):
    """Numbers stay numbers where there is nothing else in the column."""
    counts = all(isinstance(row[number], int) for row in block["rows"])
    kind = NUMBER if counts else TEXT
    return Column(block["head"][number], lambda row: _plain(row[number]), kind, width=32)


def _plain(cell):
    """A cell without its link."""
    return strip_tags(cell) if isinstance(cell, str) else cell
