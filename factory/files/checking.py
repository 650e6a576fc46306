"""Whether we take a file, by what it holds; and the bytes that we keep of it."""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings

from factory.files.kinds import PAPERS, PDF, PICTURES, ZIPPED, Kind, kinds_of
from factory.files.names import clean_name
from factory.files.office import check_office
from factory.files.papers import check_paper
from factory.files.pictures import redrawn
from factory.files.refusals import refused
from factory.files.scanning import scan

A_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Checked:
    """What may be kept: the bytes, what they are, and a harmless name. A picture knows its size."""

    content: bytes = field(repr=False)
    kind: Kind
    name: str
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def check(upload, kinds=PAPERS, **drawing):
    """``upload``: something with name, size and read(). Raises ValidationError with the reason.

    ``longest`` and ``drawing`` say how a picture is drawn anew.
    """
    most = settings.UPLOAD_MOST_BYTES
    if upload.size > most:
        raise refused("large", megabytes=most // A_MEGABYTE)
    if not upload.size:
        raise refused("empty")
    content = upload.read()
    possible = [kind for kind in kinds_of(content) if kind in kinds]
    if not possible:
        raise refused("kind", kinds=", ".join(kind.words for kind in kinds))
    scan(content)
    return _checked(content, upload.name, possible, kinds, drawing)


def _checked(content, name, possible, kinds, drawing):
    if possible[0] in PICTURES:
        content, kind, (width, height) = redrawn(content, **drawing)
        return Checked(content, kind, clean_name(name, kind.extension), width, height)
    if possible == [PDF]:
        check_paper(content)
        return Checked(content, PDF, clean_name(name, PDF.extension))
    kind = check_office(content)
    if kind not in kinds or kind not in ZIPPED:
        raise refused("kind", kinds=", ".join(kind.words for kind in kinds))
    return Checked(content, kind, clean_name(name, kind.extension))
