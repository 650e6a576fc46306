"""Words that were pasted: lists stay, the rest of the mark-up goes."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from challenges.pasting import plain, title_of, words_of_document

WORD = """<p class=MsoNormal><b>Te veel</b> ouderen <span style='color:red'>zijn</span> alleen.</p>
<ul><li>ze missen de bus</li><li>en de buren</li></ul><style>p {color: red}</style><p>Wie helpt?</p>"""
DOCUMENT = """<w:document><w:body><w:p><w:r><w:t>Te veel ouderen</w:t></w:r><w:r><w:t> zijn alleen.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl/></w:numPr></w:pPr><w:r><w:t>ze missen de bus</w:t></w:r></w:p></w:body></w:document>"""


def test_a_list_stays_a_list_and_nothing_else_of_the_markup_is_left():
    assert plain(WORD).split("\n") == [
        "Te veel ouderen zijn alleen.", "", "- ze missen de bus", "- en de buren", "", "Wie helpt?",
    ]  # fmt: skip


@pytest.mark.parametrize("bullet", ["•\t", "·  ", "o\t", "– ", "* ", "\uf0b7 "])
def test_bullets_of_any_kind_become_dashes(bullet):
    assert plain(f"Drie dingen:\r\n{bullet}bus\r\n{bullet}buren") == "Drie dingen:\n- bus\n- buren"


def test_what_only_looks_like_markup_stays():
    assert plain("wachten < 3 weken en > 2 & meer") == "wachten < 3 weken en > 2 & meer"


def test_unseen_characters_go_and_hard_spaces_become_spaces():
    assert plain("a\u200bb\u00a0c\x0bd\u202e") == "ab c\nd"


def test_a_text_document_is_read():
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", DOCUMENT)
    assert (
        words_of_document(held.getvalue()) == "Te veel ouderen zijn alleen.\n\n- ze missen de bus"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ouderen zijn alleen. Dat moet anders.", "Ouderen zijn alleen"),
        ("Wie rijdt? Niemand.", "Wie rijdt?"),
        ("Eén regel\nen nog een", "Eén regel"),
        ("lang " * 40, "lang " * 15 + "lang…"),
    ],
)
def test_the_first_sentence_is_the_title(text, title):
    assert title_of(text) == title
