"""Bring a database up to this code: catalogues, tables, rights, and what comes with a release."""

from io import StringIO

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from factory.progress import Progress, note, teller

STEPS = {
    "catalogues": "The texts in other languages",
    "migrate": "The tables",
    "grants": "The rights",
    "public_bodies": "The list of public bodies",
}


class Command(BaseCommand):
    help = "Compile catalogues, migrate and grant; run it as the owner (AS_DATABASE_OWNER=1)."
    requires_system_checks = []

    def handle(self, **options):
        known = get_commands()
        with Progress(teller(self.stdout)) as progress:
            for step, words in STEPS.items():
                if step in known:
                    progress.begin(words)
                    how = {"stdout": Counted(), "verbosity": 1} if step == "migrate" else {}
                    call_command(step, **{"verbosity": 0, **how})


class Counted(StringIO):
    """Where ``migrate`` writes what it applies: that becomes the number of how many."""

    def __init__(self):
        super().__init__()
        executor = MigrationExecutor(connection)
        self.total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        self.done = 0

    def write(self, words):
        self.done += words.lstrip().startswith("Applying")
        if self.total:
            note(f"step {self.done} of {self.total}")
        return len(words)
