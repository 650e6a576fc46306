"""Writes the database and the files people sent to one folder."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from factory.local import backup
from factory.local.trouble import Trouble


class Command(BaseCommand):
    help = "Back up to a new folder under var/backups, or to the one named."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?")

    def handle(self, *, folder, **options):
        try:
            with backup.owner_url() as url:
                made = backup.back_up(settings.MEDIA_ROOT, url, folder)
        except (Trouble, FileExistsError) as trouble:
            sys.exit(str(trouble))
        self.stdout.write(f"Backed up to {made}")
