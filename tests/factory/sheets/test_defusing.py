"""Every cell that would start a formula is text; what is no formula stays as it was typed."""

import csv
import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from factory.sheets import EURO, NUMBER, Column, as_csv, as_xlsx
from factory.sheets.defusing import armed, defused, defused_in_line

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "+31 6 12345678", "＝1+1", "＋1", "－1", "＠x", "−1", " =1", "\xa0=1", "\u200b=1", "\ufeff=1", '"=1',
    "'=1", '";=1', "(=1)", "=HYPERLINK(\"https://evil.example\",\"x\")", "@", "=", "\t", "\r", "--", "“=1”",
]  # fmt: skip
PLAIN = [
    "Broodnodig",
    "a-b",
    "a=b",
    "1-2",
    "'t Hof",
    "Café",
    "3 + 4",
    "info@x.example",
    "",
    "(030) 555",
]
RUNS = set("=+-@\t\r\n＝＋－＠−")


def columns_of(values, kind="text"):
    return [Column("Head", "v", kind=kind)], [SimpleNamespace(v=value) for value in values]


def through_csv(values, kind="text", delimiter=";"):
    text = b"".join(as_csv(*columns_of(values, kind))).decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)][1:]


def through_xlsx(values, kind="text"):
    sheet = load_workbook(as_xlsx(*columns_of(values, kind)))
    return [row[0] for row in sheet.active.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_start_a_formula_starts_with_an_apostrophe(text):
    assert through_csv([text])[0][0].startswith("'")
    cell = through_xlsx([text])[0]
    assert cell.value.startswith("'")
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_was(text):
    assert defused(text) == defused_in_line(text) == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("text", ["a;=1", "a,=1", "a\t=1", 'a";"=1', "a\r\n=1", 'a",=1', "a, =1"])
def test_no_formula_starts_wherever_a_reader_cuts_the_line(text, delimiter):
    for row in through_csv([text], delimiter=delimiter):
        assert not any(cell.strip()[:1] in RUNS for cell in row if cell.strip())


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_at_all_starts_a_formula(text):
    (cell,) = through_xlsx([text])
    assert cell.data_type != "f"
    assert str(cell.value or "")[:1] not in RUNS
    assert through_csv([text])[0][0][:1] not in RUNS


def test_the_head_is_defused_too():
    text = b"".join(as_csv([Column("=1", "v")], [])).decode("utf-8-sig")
    assert text == '"\'=1"\r\n'


def test_negative_numbers_are_still_numbers():
    assert through_csv([-5, 7], NUMBER) == [["-5"], ["7"]]
    assert through_csv([-123456, 500], EURO) == [["-1234,56"], ["5,00"]]
    cells = through_xlsx([-123456, 500], EURO)
    assert [(cell.value, cell.data_type) for cell in cells] == [(-1234.56, "n"), (5, "n")]
    assert [cell.value for cell in through_xlsx([-5], NUMBER)] == [-5]
    assert Column("", "v", kind=EURO).of(SimpleNamespace(v=-1)) == Decimal("-0.01")


def test_numbers_that_are_names_keep_their_digits_in_csv():
    assert through_csv(["01234567", "00000001234567890000"]) == [
        ["'01234567"],
        ["'00000001234567890000"],
    ]
    assert [cell.value for cell in through_xlsx(["01234567"])] == ["01234567"]


@pytest.mark.parametrize("text", [t for t in FORMULAS + PLAIN if t.strip()] + ["01234567"])
def test_a_sheet_that_comes_back_says_what_was_meant(text):
    assert armed(defused(text)) == text
    assert armed(defused_in_line("01234567")) == "01234567"


def test_characters_that_a_sheet_cannot_hold_are_left_out():
    assert through_xlsx(["a\x00b\x0bc\ud800"])[0].value == "abc"
    assert len(through_xlsx(["x" * 40_000])[0].value) == 32_000
