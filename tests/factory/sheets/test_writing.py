"""What a Dutch Excel opens."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import Http404
from openpyxl import load_workbook

from factory.sheets import DAY, EURO, MOMENT, NUMBER, Column, as_answer, as_csv, as_xlsx

COLUMNS = [
    Column("Naam", "name", width=30),
    Column("Plaats", "place.name"),
    Column("Mensen", "size", kind=NUMBER),
    Column("Bedrag", "cents", kind=EURO),
    Column("Dag", "day", kind=DAY),
    Column("Tijd", "at", kind=MOMENT),
    Column("Open", lambda row: row.size is None),
]
ROW = SimpleNamespace(
    name='Café "De Zon"; bar',
    place=SimpleNamespace(name="Utrecht"),
    size=12,
    cents=123_456,
    day=date(2026, 3, 1),
    at=datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
)
EMPTY = SimpleNamespace(name="", place=None, size=None, cents=None, day=None, at=None)


def test_csv_has_a_mark_semicolons_and_decimal_commas():
    lines = b"".join(as_csv(COLUMNS, [ROW, EMPTY])).split(b"\r\n")
    assert lines[0].startswith(b'\xef\xbb\xbf"Naam";"Plaats"')
    assert lines[1].decode() == (
        '"Café ""De Zon""; bar";"Utrecht";"12";"1234,56";"01-03-2026";"01-07-2026 14:30";"nee"'
    )
    assert lines[2].decode() == '"";"";"";"";"";"";"ja"'


def test_xlsx_has_typed_cells_and_a_head_that_stays():
    sheet = load_workbook(as_xlsx(COLUMNS, [ROW, EMPTY], "Partners: [x]")).active
    values = [cell.value for cell in sheet[2]]
    assert values[2:6] == [12, 1234.56, datetime(2026, 3, 1), datetime(2026, 7, 1, 14, 30)]
    assert sheet["D2"].number_format == '"€" #,##0.00'
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 30
    assert [cell.value for cell in sheet[3]][:6] == [None] * 6


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_answer_is_a_file_to_keep(db, kind):
    answer = as_answer(kind, 'Partners "x"\r\nEvil: 1', COLUMNS, [ROW])
    assert answer["Content-Disposition"].startswith('attachment; filename="partners-x-evil-1-20')
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.getvalue() if kind == "csv" else b"".join(answer.streaming_content)


def test_another_kind_of_file_does_not_exist():
    with pytest.raises(Http404):
        as_answer("exe", "x", COLUMNS, [])


def test_csv_leaves_line_by_line():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield ROW

    lines = as_csv(COLUMNS, rows())
    next(lines), next(lines)
    assert asked == [0]
