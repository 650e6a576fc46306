"""Brings ``locale/nl`` up to date with the texts in code and templates: ``python tools/messages.py``.

New texts get an empty translation; texts that are gone are dropped. Prints what still wants Dutch.
"""

import io
import os
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/nl/LC_MESSAGES/django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
KEYWORDS |= {"gettext_noop": None}
PACKAGES = ("factory", "partners", "market", "challenges")


def sources():
    """Every file with texts for people: (path, its text as Python)."""
    from django.utils.translation import templatize  # noqa: PLC0415 - needs the settings

    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for folder in ("templates", *PACKAGES):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".html", ".txt"}:
                yield path, unindented(templatize(path.read_text(), origin=str(path)))


def unindented(text):
    """Without indents, as they would mean something to Python."""
    return "\n".join(line.strip() for line in text.splitlines())


def found():
    """A catalogue of all texts as they stand now."""
    catalogue = Catalog(locale="nl", project="Social Impact Factory", charset="utf-8")
    for path, text in sources():
        lines = io.BytesIO(text.encode())
        for line, message, comments, context in extract(
            "python", lines, KEYWORDS, ["Translators:"]
        ):
            place = [(path.relative_to(ROOT).as_posix(), line)]
            catalogue.add(message, None, place, auto_comments=comments, context=context)
    return catalogue


def known():
    """The Dutch catalogue as it is."""
    if not CATALOGUE.exists():
        return Catalog(locale="nl", project="Social Impact Factory", fuzzy=False)
    with CATALOGUE.open("rb") as lines:
        return read_po(lines, locale="nl")


def untranslated(catalogue):
    """The texts without Dutch, or with a guess."""
    return [m for m in catalogue if m.id and (m.fuzzy or not all(texts(m.string)))]


def texts(string):
    """One text or its plural forms."""
    return string if isinstance(string, tuple | list) else [string]


def main():
    """Update the catalogue on disk."""
    catalogue = known()
    catalogue.update(found(), no_fuzzy_matching=True)
    catalogue.fuzzy = False
    catalogue.header_comment = (
        "# The Dutch of the Social Impact Factory: plain, level B1, je and jullie."
    )
    catalogue.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as lines:
        write_po(lines, catalogue, sort_output=True, width=110, no_location=True, omit_header=False)
    for message in untranslated(catalogue):
        print("wants Dutch:", message.id)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factory.settings")
    django.setup()
    main()
