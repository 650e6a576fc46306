"""Rows into CSV and XLSX."""

import csv
import re
from tempfile import SpooledTemporaryFile

from factory.late import openpyxl
from factory.sheets.columns import DAY, EURO, MOMENT, NUMBER, TEXT
from factory.sheets.defusing import defused, defused_in_line

MARK = "\ufeff"  # by which Excel knows that this is UTF-8
SEPARATOR = ";"  # of every Excel that writes a comma in its numbers
NOT_IN_A_TITLE = re.compile(r"[^\w–, ]+")
IN_MEMORY = 2_000_000  # bytes
NUMBER_FORMATS = {EURO: '"€" #,##0.00', DAY: "dd-mm-yyyy", MOMENT: "dd-mm-yyyy hh:mm"}


def as_csv(columns, rows):
    """The lines of a CSV file, one after the other, as bytes."""
    writer = csv.writer(_Echo(), delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield MARK.encode() + writer.writerow([defused_in_line(str(c.label)) for c in columns])
    written = [WRITTEN[column.kind] for column in columns]
    for row in rows:
        values = (column.of(row) for column in columns)
        yield writer.writerow(
            [
                "" if value is None else write(value)
                for value, write in zip(values, written, strict=True)
            ]
        )


class _Echo:
    """What the writer of the standard library writes to: it hands each line back."""

    def write(self, line):
        return line.encode()


def _decimal(value):
    return str(value).replace(".", ",")


WRITTEN = {
    TEXT: defused_in_line,
    NUMBER: _decimal,
    EURO: lambda euros: _decimal(f"{euros:.2f}"),
    DAY: lambda day: f"{day:%d-%m-%Y}",
    MOMENT: lambda moment: f"{moment:%d-%m-%Y %H:%M}",
}


def as_xlsx(columns, rows, title=""):
    """A file, open at its start, with one sheet: the head stays in sight, cells have their kind."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_A_TITLE.sub(" ", title).strip()[:31] or None)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = column.width
    sheet.append([_head(sheet, column) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column, column.of(row)) for column in columns])
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _head(sheet, column):
    cell = openpyxl.cell.WriteOnlyCell(sheet, defused(str(column.label)))
    cell.font = openpyxl.styles.Font(bold=True)
    cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet, column, value):
    if value is None or column.kind == NUMBER:
        return value
    if column.kind == TEXT:
        return defused(value)
    cell = openpyxl.cell.WriteOnlyCell(sheet, value)
    cell.number_format = NUMBER_FORMATS[column.kind]
    return cell
