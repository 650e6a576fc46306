"""Bring a database up to this code: catalogues, tables, rights, and what comes with a release."""

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

STEPS = ("catalogues", "migrate", "grants", "public_bodies")


class Command(BaseCommand):
    help = "Compile catalogues, migrate and grant; run it as the owner (AS_DATABASE_OWNER=1)."
    requires_system_checks = []

    def handle(self, **options):
        known = get_commands()
        for step in STEPS:
            if step in known:
                call_command(step, verbosity=0)
