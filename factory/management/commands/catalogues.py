"""``manage.py catalogues``: compiles the translations, without needing gettext's own programs."""

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Writes a ``.mo`` beside every ``.po`` that changed since."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(source)


def compile_catalogue(source):
    """One catalogue, written in one go so that no reader ever sees half of it."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    fresh = target.with_suffix(".fresh")
    with source.open("rb") as lines, fresh.open("wb") as compiled:
        write_mo(compiled, read_po(lines))
    fresh.replace(target)
