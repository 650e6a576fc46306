"""`make check`: models and migrations agree, and no migration would hurt a running site.

Runs on an empty PostgreSQL of its own: `python -m tools.check_migrations`.
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from factory.local.ground import Ground
from factory.local.places import ROOT

OURS = ("journal", "notices", "coordination", "knowledge", "files", "factory")
OURS += ("partners", "market", "challenges")
# Django's column types are its own choice; every connection already has a lock_timeout.
ASIDE = "prefer-text-field,prefer-bigint-over-smallint,prefer-bigint-over-int,"
ASIDE += "require-statement-timeout,require-lock-timeout,"
# Django has no IF NOT EXISTS for an index that is made while people write.
ASIDE += "prefer-robust-stmts,"
# The CHECK of the states makes place for a wider one when a state is added.
ASIDE += "ban-drop-constraint,"
# About tables that are full already. Take these four away with the first release.
ASIDE += "adding-foreign-key-constraint,constraint-missing-not-valid,"
ASIDE += "adding-required-field,require-concurrent-index-creation"


def agree():
    """Ends with 1 when a model has changed and its migration has not."""
    call_command("makemigrations", check_changes=True, dry_run=True, interactive=False)


def without_harm():
    """What django-migration-linter knows: columns that break the code that still runs."""
    linter = MigrationLinter(
        path=str(ROOT), include_apps=OURS, no_cache=True, quiet=["ok", "ignore"]
    )
    linter.lint_all_migrations()
    if linter.has_errors:
        linter.print_summary()
        sys.exit(1)


def sound(folder):
    """What squawk knows: statements that lock or rewrite a table."""
    for app, name in MigrationLoader(connection).graph.nodes:
        if app in OURS:
            out = io.StringIO()
            call_command("sqlmigrate", app, name, stdout=out, no_color=True)
            (folder / f"{app}.{name}.sql").write_text(out.getvalue())
    squawk = Path(sys.executable).with_name("squawk")
    files = sorted(folder.glob("*.sql"))
    if subprocess.run([squawk, "--pg-version", "16", "--exclude", ASIDE, *files]).returncode:
        sys.exit(1)


def main():
    os.environ |= {"DJANGO_SETTINGS_MODULE": "factory.settings", "FACTORY_MODE": "test"}
    with tempfile.TemporaryDirectory(prefix="factory-check-") as folder:
        ground = Ground(Path(folder), durable=False, environ={}).start()
        os.environ |= ground.environment() | {"AS_DATABASE_OWNER": "1"}
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            agree()
            without_harm()
            sound(Path(folder))
        finally:
            connection.close()
            ground.destroy()


if __name__ == "__main__":
    main()
