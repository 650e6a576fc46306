"""A virus scanner, if the place has one: ``UPLOAD_SCANNER`` names a function ``(bytes)`` → what it found, or "".

``factory.files.scanning.clamd`` asks the daemon of ClamAV at ``CLAMD_ADDRESS`` (host:port).
"""

import socket
import struct

from django.conf import settings
from django.utils.module_loading import import_string
from structlog import get_logger

from factory.files.refusals import refused

PIECE = 65_536
SECONDS = 20

log = get_logger(__name__)


def scan(content):
    """Refuses what the scanner finds; without an answer nothing is taken."""
    if not settings.UPLOAD_SCANNER:
        return
    try:
        found = import_string(settings.UPLOAD_SCANNER)(content)
    except OSError as error:
        log.error("scanner_away", error=str(error))
        raise refused("unscanned") from error
    if found:
        log.warning("virus_found", name=found)
        raise refused("virus")


def clamd(content):
    """The name of what ClamAV found, or an empty text (its command INSTREAM)."""
    host, _colon, port = settings.CLAMD_ADDRESS.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        said = _all_of(line).decode(errors="replace").strip("\0\n ")
    if said.endswith(" OK"):
        return ""
    if said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise OSError(f"the scanner said: {said[:100]}")


def _all_of(line):
    parts = []
    while part := line.recv(PIECE):
        parts.append(part)
    return b"".join(parts)
