"""What a first visit weighs: the page and every file it names, compressed, as production sends them."""

import gzip
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

BAR = 150_000  # bytes over the wire
STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
NAMED = re.compile(r'(?:src|href)="/static/([^"]+\.(?:css|js|svg|woff2|png|jpg|webp))"')
TABLE = """
## A first visit
The page with its style, scripts, type and signs, over the wire in production mode; the bar is {bar} bytes.

| page | files | bytes |
| --- | ---: | ---: |
{rows}
"""


def first_visits(addresses):
    """``[(address, number of files, bytes)]`` of these pages for a visitor who was never here."""
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(STORAGES=STORAGES, STATIC_ROOT=folder),
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        return [(address, *_weighed(address, Path(folder))) for address in addresses]


def _weighed(address, folder):
    answer = Client().get(address, HTTP_ACCEPT_ENCODING="gzip")
    page = answer.content
    if answer.get("Content-Encoding") == "gzip":
        page = gzip.decompress(page)
    files = sorted(set(NAMED.findall(page.decode())))
    return len(files), len(answer.content) + sum(_sent(folder / name) for name in files)


def _sent(path):
    """Bytes of a file as WhiteNoise sends it: compressed where that was worth it."""
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size


def table(visits):
    """The same for people to read."""
    rows = "\n".join(f"| {address} | {files} | {size} |" for address, files, size in visits)
    return TABLE.format(rows=rows, bar=BAR)
