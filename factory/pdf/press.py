"""From a paper to the bytes of a tagged PDF."""

import json
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

FONTS = Path(__file__).parent / "fonts"
PAPERS = settings.ROOT / "templates/pdf"
LONGEST_NAME = 80
UNKNOWN = "?"


def pressed(paper):
    """The bytes of a PDF/UA-1: tagged, with a title and a language; the same paper gives the same bytes."""
    said = json.dumps(paper.said(), ensure_ascii=False)
    try:
        return _compiled(paper.template, said)
    except typst.TypstError as error:
        # A reader with a screen reader would meet a hole: the standard refuses what no font can show.
        if "could not be displayed" not in str(error):
            raise
    return _compiled(paper.template, _readable(said))


def _compiled(template, said):
    return typst.compile(
        str(PAPERS / f"{template}.typ"),
        root=str(PAPERS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"said": said},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def _readable(said):
    """With a question mark for each character that the house's font does not hold, such as an emoji."""
    held = _characters()
    return "".join(c if c in held else UNKNOWN for c in said)


@cache
def _characters():
    return set((FONTS / "characters.txt").read_text(encoding="utf-8"))


def pdf_of(paper, name):
    """A paper as the answer to a request: opens in the browser, and is kept under a safe ``name``."""
    answer = HttpResponse(pressed(paper), content_type="application/pdf")
    file_name = f"{slugify(name)[:LONGEST_NAME].strip('-') or 'paper'}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, file_name)
    answer["Cache-Control"] = "private, no-store"
    return answer
