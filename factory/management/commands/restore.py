"""Puts a backup back in place of what is here now."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from factory.local import backup
from factory.local.places import ROOT
from factory.local.trouble import Trouble


class Command(BaseCommand):
    help = "Replace database and files by a backup; mail that was waiting in it is held back."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, folder, yes, **options):
        if not folder:
            sys.exit("Say which backup: make restore FROM=var/backups/…")
        try:
            backup.check(folder)
            if not yes and input(f"Replace all data by {folder}? Type yes: ") != "yes":
                sys.exit("Nothing was changed.")
            with backup.owner_url(make_one=True) as url:
                backup.restore(folder, settings.MEDIA_ROOT, url)
                bring_up_to_date(url)
        except Trouble as trouble:
            sys.exit(str(trouble))
        self.stdout.write(
            "Restored. Mail that was waiting in the backup is held for a coordinator."
        )


def bring_up_to_date(url):
    """Migrate, grant, and hold what the backup was about to send: it may have been sent since."""
    named = {"DATABASE_OWNER_URL": url, "AS_DATABASE_OWNER": "1"}
    application = {"DATABASE_URL": url.replace("factory_owner@", "factory_app@")}
    environment = application | dict(os.environ) | named
    for command in ("prepare", "quarantine_mail"):
        words = [sys.executable, "manage.py", command]
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"manage.py {command} failed after the restore: {done.stderr[-500:]}")
