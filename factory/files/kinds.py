"""The kinds of file we take, known by how they begin and never by their name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """``inline``: we drew it ourselves, so a browser may show it on a page."""

    content_type: str
    extension: str
    words: str
    inline: bool = False


PDF = Kind("application/pdf", "pdf", "PDF")
JPEG = Kind("image/jpeg", "jpg", "JPG", inline=True)
PNG = Kind("image/png", "png", "PNG", inline=True)
WEBP = Kind("image/webp", "webp", "WebP")
HEIC = Kind("image/heic", "heic", "HEIC")
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{OFFICE}.wordprocessingml.document", "docx", "DOCX")
XLSX = Kind(f"{OFFICE}.spreadsheetml.sheet", "xlsx", "XLSX")

PICTURES = (JPEG, PNG, WEBP, HEIC)
PAPERS = (PDF, *PICTURES)
ATTACHMENTS = (*PAPERS, DOCX, XLSX)
KEPT = {kind.content_type: kind for kind in (PDF, JPEG, PNG, DOCX, XLSX)}
ZIPPED = (DOCX, XLSX)
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kinds_of(content):
    """The kinds that a file which begins like this can be; empty if we know none."""
    if content.startswith(b"%PDF-"):
        return (PDF,)
    if content.startswith(b"\xff\xd8\xff"):
        return (JPEG,)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return (PNG,)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return (WEBP,)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return (HEIC,)
    return ZIPPED if content.startswith(b"PK\x03\x04") else ()
