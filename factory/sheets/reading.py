"""Sheets that people send: CSV from any Dutch or English Excel, and XLSX, into lines of text."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from factory.sheets.defusing import armed
from factory.sheets.workbook import check

MOST_MEGABYTES = 5
MOST_BYTES = MOST_MEGABYTES * 1_000_000
MOST_LINES = 20_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 10_000  # in a cell
SEPARATORS = ";,\t"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"


class Unreadable(Exception):
    """This is no sheet that we can read; says why, in words."""


@dataclass(frozen=True)
class Line:
    """One line that holds something: its number in the file, and its cells as text."""

    number: int
    cells: tuple


def read(content):
    """The lines of a CSV or XLSX file (bytes) that hold something, each once and in order."""
    head(content)
    return list(_lines(content))


def head(content):
    """The first line that holds something; for a quick look before all of it is read."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is too large. It may be %(n)s MB.") % {"n": MOST_MEGABYTES})
    if content.startswith(OLD_EXCEL):
        raise Unreadable(_("This is an old Excel file. Save it as .xlsx or as CSV first."))
    for line in _lines(content):
        return line
    raise Unreadable(_("This file is empty."))


def _lines(content):
    return _filled(_xlsx(content) if content.startswith(ZIP) else _csv(content))


def _filled(rows):
    """The rows that hold something, without the empty cells at their ends."""
    for count, (number, row) in enumerate(rows, 1):
        if count > MOST_LINES:
            raise Unreadable(_("This file has more than %(n)s lines.") % {"n": MOST_LINES})
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_("This file has more than %(n)s columns.") % {"n": MOST_COLUMNS})
        if cells:
            yield Line(number, tuple(cells))


def _text(value):
    """A cell as somebody reads it: 12345678 and not 12345678.0, a day as 31-12-2026."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    return armed(str(value).strip())[:MOST_CHARACTERS].strip()


def _csv(content):
    """The rows of a CSV file, by its own separator, each with the number of its first line."""
    text = _decoded(content)
    if "\x00" in text:
        raise Unreadable(_("This is not a sheet. Send a CSV or XLSX file."))
    separator, start = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 1
    try:
        for row in reader:
            if number > start:
                yield number, row
            number = reader.line_num + 1
    except csv.Error as fault:
        words = _("Line %(n)s cannot be read. Is there a quotation mark too few?")
        raise Unreadable(words % {"n": number}) from fault


def _decoded(content):
    """The text: UTF-8 if it can be, Excel's Unicode text by its mark, else the Windows of old."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text):
    """The sign that cuts the first line into most cells; and how many lines only named it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4:5], 1
    return max(SEPARATORS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), []))), 0


def _xlsx(content):
    """The rows of the first sheet of a workbook that was checked before anything is parsed."""
    book = check(content, Unreadable)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a sheet may say that it is a million rows long
        limits = {"max_row": MOST_LINES + 1, "max_col": MOST_COLUMNS + 1}
        yield from enumerate(sheet.iter_rows(values_only=True, **limits), 1)
    except Unreadable:
        raise
    except Exception as fault:
        raise Unreadable(_("This Excel file is damaged. Open it and save it again.")) from fault
    finally:
        book.close()
