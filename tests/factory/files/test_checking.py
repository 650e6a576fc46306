"""What we take, by what a file holds: everything else is refused with words, and what is kept is clean."""

import re
from io import BytesIO

import pytest
import typst
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from factory.files.checking import check
from factory.files.kinds import ATTACHMENTS, PAPERS, PICTURES
from factory.files.names import clean_name
from tests.factory.files.hostile import (
    COMMENT,
    DISARMED,
    NAMES,
    REFUSED,
    SCRIPT,
    docx,
    pdf,
    photo,
    picture,
)

ACTIVE = re.compile(
    rb"<script|<\?php|PK\x03\x04|onerror|Exif|GPS|kitchen|" + COMMENT, re.IGNORECASE
)


def checked(content, name="file", kinds=ATTACHMENTS, **how):
    return check(SimpleUploadedFile(name, content), kinds, **how)


def test_there_are_enough_of_them():
    assert len(REFUSED) + len(DISARMED) + len(NAMES) >= 40


@pytest.mark.parametrize("name", REFUSED)
def test_what_means_harm_is_refused_with_words(name):
    with pytest.raises(ValidationError) as refusal:
        checked(REFUSED[name], name)
    assert "%(" not in " ".join(refusal.value.messages)


@pytest.mark.parametrize("name", DISARMED)
def test_what_hides_behind_a_picture_stays_behind(name):
    kept = checked(DISARMED[name], name)
    assert kept.kind in PICTURES
    assert not ACTIVE.search(kept.content)
    assert SCRIPT not in kept.content


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_more_than_a_name(name):
    clean = clean_name(name, "png")
    assert re.fullmatch(r'[^/\\<>:"|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]{1,80}\.png', clean)
    assert not clean.startswith(".")


def test_the_real_kind_is_the_ending_of_the_name():
    assert checked(picture("JPEG"), "invoice.pdf.exe").name == "invoice.pdf.jpg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_is_taken_whatever_the_device_made(kind):
    kept = checked(photo(kind), f"IMG_1.{kind}")
    with Image.open(BytesIO(kept.content)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (64, 32), {})
    assert (kept.width, kept.height) == (64, 32)


def test_a_photo_from_a_phone_on_its_side_comes_upright():
    assert checked(photo(orientation=6)).width == 32


def test_a_large_photo_becomes_as_large_as_a_page_needs():
    kept = checked(picture("JPEG", (4000, 3000)))
    assert (kept.width, kept.height) == (1600, 1200)


def test_a_logo_keeps_what_one_can_see_through():
    out = BytesIO()
    Image.new("RGBA", (900, 900), (200, 0, 0, 120)).save(out, "PNG")
    kept = checked(out.getvalue(), "logo.png", longest=512, drawing=True)
    with Image.open(BytesIO(kept.content)) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "RGBA", (512, 512))


def test_a_plain_pdf_is_taken_as_it_is():
    assert checked(pdf()).content == pdf()


def test_our_own_letters_are_taken():
    letter = typst.compile(b'= Dear reader\nSee #link("https://a.example")[this].')
    assert checked(letter, "letter.pdf").kind.words == "PDF"


def test_a_sheet_and_a_document_are_taken_where_the_form_says_so():
    out = BytesIO()
    Workbook().save(out)
    assert checked(out.getvalue()).kind.words == "XLSX"
    assert checked(docx()).kind.words == "DOCX"
    with pytest.raises(ValidationError, match=r"PDF, JPG"):
        checked(docx(), kinds=PAPERS)


def test_a_document_may_link_to_a_page():
    link = "<Relationship Type='http://x/relationships/hyperlink' Target='https://a.example' "
    assert checked(docx(word___rels__document___xml___rels=link + "TargetMode='External'/>"))


def test_a_file_that_is_too_large_is_refused_with_the_size(settings):
    settings.UPLOAD_MOST_BYTES = 2_000_000
    with pytest.raises(ValidationError, match="2 MB"):
        checked(b"%PDF-1.7" + b"0" * 2_000_000)


@pytest.mark.parametrize(
    ("scanner", "words"),
    [("tests.factory.files.scanners.finds", "virus"), ("tests.factory.files.scanners.away", "now")],
)
def test_the_scanner_has_the_last_word(settings, scanner, words):
    settings.UPLOAD_SCANNER, settings.LANGUAGE_CODE = scanner, "en"
    with pytest.raises(ValidationError) as refusal:
        checked(pdf())
    assert refusal.value.code in {"virus", "unscanned"}
