"""What matches were worth, as it is public: by year, province and sector, of closed months alone."""

from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.counting.folding import together
from market.models import Value
from partners.models import Region, Sector

MEASURES = Value.Measure.values
PUBLIC = """SELECT measure, year, province_id, sector_id, sum(number)::int, sum(cents)::bigint,
    (SELECT max(day) FROM market_closing WHERE day <= %(on)s)
FROM market_share share JOIN market_closing closing ON closing.id = share.closing_id
WHERE closing.day <= %(on)s GROUP BY 1, 2, 3, 4"""
WAYS = ("year", "province", "sector")


@dataclass
class Cell:
    """So many matches, worth so much together."""

    number: int = 0
    cents: int = 0

    def add(self, number, cents):
        self.number += number
        self.cents += cents


@dataclass
class Table:
    """Cells by key and measure, with their totals; ``folded`` names the keys taken together, by measure."""

    cells: dict = field(default_factory=dict)
    folded: dict = field(default_factory=dict)

    def add(self, key, measure, number, cents):
        self.cells.setdefault(key, {}).setdefault(measure, Cell()).add(number, cents)

    def cell(self, key, measure):
        """One cell; None where it is taken together with others."""
        if key in self.folded.get(measure, ()):
            return None
        return self.cells.get(key, {}).get(measure, Cell())

    def rest(self, measure):
        """What is taken together."""
        cell = Cell()
        for key in self.folded.get(measure, ()):
            one = self.cells[key][measure]
            cell.add(one.number, one.cents)
        return cell

    def total(self, measure):
        """All cells of one measure."""
        cell = Cell()
        for row in self.cells.values():
            one = row.get(measure, Cell())
            cell.add(one.number, one.cents)
        return cell

    def fold(self):
        """Take small cells together, each measure by itself."""
        for measure in MEASURES:
            numbers = {
                key: row[measure].number for key, row in self.cells.items() if measure in row
            }
            self.folded[measure] = together(numbers)
        return self


def public_rows(on):
    """What is public on a day: ``[(measure, year, province, sector, number, cents)]``, and the last day
    of the last month that was closed by then.
    """
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC, {"on": on})
        rows = cursor.fetchall()
    return [row[:-1] for row in rows], rows[0][-1] if rows else None


def tables(rows, fold=True):
    """``{"year": Table, "province": Table, "sector": Table}`` of such rows."""
    found = {way: Table() for way in WAYS}
    for measure, *keys, number, cents in rows:
        for way, key in zip(WAYS, keys, strict=True):
            found[way].add(key, measure, number, cents)
    return {way: table.fold() if fold else table for way, table in found.items()}


def public_total(on):
    """The number and the sum of the matches whose value is public, for the front page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(number), 0)::int, coalesce(sum(cents), 0)::bigint FROM market_share "
            "share JOIN market_closing closing ON closing.id = share.closing_id "
            "WHERE measure = %s AND closing.day <= %s",
            [Value.Measure.REALISED, on],
        )
        return Cell(*cursor.fetchone())


class Labels:
    """How the keys of the tables are called, and in which order they stand."""

    def __init__(self):
        name = "name_en" if get_language() == "en" else "name_nl"
        self.provinces = {pk: (code, label) for pk, code, label in _provinces()}
        self.sectors = dict(Sector.objects.order_by(name).values_list("pk", name))

    def rows(self, way, table):
        """``[(key, label)]``: years in order, the provinces and the sectors that have anything."""
        if way == "year":
            return [(year, str(year)) for year in sorted(table.cells)]
        if way == "province":
            return [
                (pk, label) for pk, (_code, label) in self.provinces.items() if pk in table.cells
            ]
        return [(pk, label) for pk, label in self.sectors.items() if pk in table.cells]


def _provinces():
    return Region.objects.provinces().order_by("name").values_list("pk", "code", "name")


def rows_of(table, labels):
    """The rows of a table for the page: label and, by measure, number and whole euros in cents.

    What is folded is None in its own row; a last row holds it together, if there is any.
    """
    rows = [
        {"label": label, "cells": {m: shown(table.cell(key, m)) for m in MEASURES}}
        for key, label in labels
    ]
    if any(table.folded.values()):
        rows.append(
            {
                "label": _("Taken together"),
                "cells": {m: shown(table.rest(m)) for m in MEASURES},
                "rest": True,
            }
        )
    return rows


def shown(cell):
    """A cell with its amount in whole euros: it is put together from averages."""
    return cell and {"number": cell.number, "cents": (cell.cents + 50) // 100 * 100}
