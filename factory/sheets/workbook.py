"""An XLSX file is a zip of XML that somebody else made: what is looked at before it is opened."""

import io
import zipfile

from django.utils.translation import gettext as _

from factory.late import openpyxl

MOST_PARTS = 500
MOST_UNPACKED = 60_000_000  # bytes of all parts; twenty thousand full lines take a fifth of it
MOST_RATIO = 200  # of unpacked to packed, for a part that is not small
SMALL = 1_000_000
PIECE = 1_000_000
# Entities, by which a few bytes of XML become gigabytes or the content of another file.
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def check(content, refused):
    """The workbook, ready to be read; raises ``refused`` with words when it is no workbook or a trap.

    Formulae give the value that was saved with them; links to other files are not followed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weigh(archive, refused)
            _search(archive, refused)
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    except refused:
        raise
    except Exception as fault:
        raise refused(_("This Excel file is damaged. Open it and save it again.")) from fault


def _weigh(archive, refused):
    """By what the zip says of itself: reading stops at the sizes it gives, so they cannot lie."""
    parts = archive.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise refused(_("This is not a sheet. Send a CSV or XLSX file."))
    heavy = sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS
    dense = any(
        part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if heavy or dense:
        raise refused(
            _("This Excel file is far larger than it looks. Save it again with less in it.")
        )


def _search(archive, refused):
    """No part may define entities, in whatever encoding."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                tail = b""
                while piece := file.read(PIECE):
                    looked = tail + piece.replace(b"\x00", b"").upper()
                    if any(word in looked for word in FORBIDDEN):
                        raise refused(
                            _("This Excel file holds something that does not belong there.")
                        )
                    tail = looked[-16:]
