"""Sheets in and out: CSV that opens right in a Dutch Excel, and XLSX.

    COLUMNS = [Column(_("Name"), "name"), Column(_("Amount"), "value_cents", kind=EURO)]
    return as_answer("xlsx", "partners", COLUMNS, Organisation.objects.visible_to(person))

What people typed is never a formula for whoever opens the sheet (:mod:`factory.sheets.defusing`);
numbers stay numbers and days stay days. ``read(bytes)`` is the way back: lines of text with their
numbers, or :class:`Unreadable` and why, in words.
"""

from factory.sheets.answering import FORMATS, as_answer
from factory.sheets.columns import DAY, EURO, MOMENT, NUMBER, TEXT, Column
from factory.sheets.reading import Line, Unreadable, head, read
from factory.sheets.writing import as_csv, as_xlsx

__all__ = [
    "DAY",
    "EURO",
    "FORMATS",
    "MOMENT",
    "NUMBER",
    "TEXT",
    "Column",
    "Line",
    "Unreadable",
    "as_answer",
    "as_csv",
    "as_xlsx",
    "head",
    "read",
]
