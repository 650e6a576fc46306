"""Empties what `make up` keeps in var/."""

import os
import shutil
import sys

from django.core.management.base import BaseCommand

from factory.local.ground import Ground
from factory.local.lock import Lock
from factory.local.places import VAR
from factory.local.trouble import Trouble

KEPT = ("mail", "media", "log", "demo-unfinished")


class Command(BaseCommand):
    help = (
        "Remove the embedded database, the queue, the mails and the files; the next start is new."
    )
    requires_system_checks = []

    def handle(self, **options):
        if os.environ.get("DATABASE_URL"):
            sys.exit("DATABASE_URL names a server: only the embedded database is reset.")
        try:
            lock = Lock(VAR).take()
            Ground(VAR).destroy()
        except Trouble as trouble:
            sys.exit(str(trouble))
        for name in KEPT:
            shutil.rmtree(VAR / name, ignore_errors=True)
        (VAR / "demo-unfinished").unlink(missing_ok=True)
        lock.file.close()
        self.stdout.write("Empty: the next make up begins anew.")
