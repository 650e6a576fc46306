"""Papers as PDF: tagged, with a title and a language, and harmless whatever people typed."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from factory.pdf import Paper, facts, heading, note, pdf_of, points, pressed, table, text

pytestmark = pytest.mark.django_db

HOSTILE = [
    '#import "@preview/cetz:0.3.0"',
    '#sys.inputs #read("/etc/passwd")',
    "$x$ *b* _c_ `d` // e /* f */ <g> @h \\ ~ --- [",
    "</script><script>alert(1)</script>",
    "🙂🏳️‍🌈 中文 \u0378",
    "שלום مرحبا ελληνικά Привет",
    "x" * 5000,
    "woord " * 900,
    "a\nb\r\nc\u2028d\te",
    "e\u0301\u0302\u0303" * 50,
]


def paper(words="Lunch"):
    """A paper with these words in every kind of part."""
    parts = [
        heading(words),
        text(words),
        note(words),
        facts([("Need", words)]),
        points([words]),
        table(words, ["Who", "Price"], [[words, "€ 12"]], numbers=[1]),
    ]
    return Paper(words, parts, above=words)


def test_a_paper_becomes_a_tagged_pdf_with_title_and_language():
    with translation.override("en"):
        made = pressed(Paper("Note for the file", [text("Words")]))
    assert made.startswith(b"%PDF-1.7")
    for sign in (
        b"/Marked true",
        b"/StructTreeRoot",
        b"/Lang(en)",
        b"/Title(Note for the file)",
        b"pdfuaid:part",
        b"/DisplayDocTitle true",
    ):
        assert sign in made, sign


def test_a_dutch_reader_gets_a_dutch_paper():
    assert b"/Lang(nl)" in pressed(paper())


def test_the_same_paper_gives_the_same_bytes():
    assert pressed(paper()) == pressed(paper())


def test_other_words_give_other_bytes():
    assert pressed(paper()) != pressed(paper("Supper"))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_typed_is_never_code(words):
    assert b"pdfuaid:part" in pressed(paper(words))


def test_the_file_has_a_safe_name_and_is_kept_by_nobody_between():
    answer = pdf_of(paper(), '../../Één "note"\r\nSet-Cookie: x ' + "y" * 300)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('inline; filename="een-note-set-cookie-x-yyy')
    assert len(answer["Content-Disposition"]) < 120
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_of_signs_alone_still_gives_a_file():
    assert pdf_of(paper(), "🙂")["Content-Disposition"] == 'inline; filename="paper.pdf"'


def test_a_page_says_the_same_and_escapes_it():
    page = render_to_string("parts/paper.html", {"paper": paper("<b>Lunch</b>")})
    assert "<b>" not in page
    assert page.count("&lt;b&gt;Lunch&lt;/b&gt;") >= 6


def test_a_fact_without_a_value_is_left_out():
    assert facts([("A", ""), ("B", None), ("C", 0)])["rows"] == [["C", "0"]]
