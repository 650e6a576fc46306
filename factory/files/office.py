"""Text documents and sheets of an office program: a zip whose every part is one we know.

No macros, no programs or files inside, nothing that is fetched from elsewhere when it opens.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from factory.files.kinds import DOCX, XLSX
from factory.files.refusals import refused

MOST_PARTS = 3000
MOST_UNPACKED = 100_000_000
MAIN = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
PARTS = re.compile(
    r"^(?:\[Content_Types\]\.xml|(?:[\w ().-]+/)*[\w ().-]*\."
    r"(?:xml|rels|vml|png|jpe?g|gif|tiff?|emf|wmf|odttf|ttf)|(?:xl|word)/printerSettings/[\w.]+\.bin)$"
)
NOT_TAKEN = re.compile(r"\.\.|vba|activex|embeddings|externallinks|customui", re.IGNORECASE)
ACTIVE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|macroEnabled|vbaProject|oleObject|activeX|DDEAUTO|\bDDE\b", re.IGNORECASE
)
OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
LINK = re.compile(rb"/relationships/hyperlink[\"']", re.IGNORECASE)
END = b"PK\x05\x06"
END_LENGTH = 22
ENCRYPTED = 0x1


def check_office(content):
    """Its kind; refuses what is not a plain document of that kind."""
    if content[-END_LENGTH:][:4] != END:  # nothing stands behind the zip's own end
        raise refused("broken")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _checked(archive)
    except (BadZipFile, ZlibError, NotImplementedError, EOFError, ValueError, OSError):
        raise refused("broken") from None


def _checked(archive):
    parts = archive.infolist()
    names = {part.filename for part in parts}
    kind = next((kind for name, kind in MAIN.items() if name in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        raise refused("broken")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refused("bomb")
    for part in parts:
        _check_part(archive, part)
    return kind


def _check_part(archive, part):
    if part.flag_bits & ENCRYPTED:
        raise refused("locked")
    if not PARTS.match(part.filename) or NOT_TAKEN.search(part.filename):
        raise refused("active")
    held = _read(archive, part)
    if part.filename.endswith((".xml", ".rels", ".vml")):
        outside = [tag for tag in OUTSIDE.findall(held) if not LINK.search(tag)]
        if ACTIVE.search(held) or outside:
            raise refused("active")


def _read(archive, part):
    """What the part holds; a part that is larger than it says is a bomb."""
    with archive.open(part) as opened:
        held = opened.read(part.file_size + 1)
    if len(held) > part.file_size:
        raise refused("bomb")
    return held
