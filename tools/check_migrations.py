"""`make check`: models and migrations agree, and no migration would hurt a running site.

Runs on an empty PostgreSQL of its own: `python -m tools.check_migrations`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django_migration_linter import MigrationLinter

from factory.local.ground import Ground
from factory.local.places import ROOT

OURS = ("journal", "notices", "coordination", "knowledge", "meaning", "files", "factory")
OURS += ("partners", "market", "challenges")
# Django's column types are its own choice; every connection already has a lock_timeout.
ASIDE = "prefer-text-field,prefer-bigint-over-smallint,prefer-bigint-over-int,"
ASIDE += "require-statement-timeout,require-lock-timeout,"
# Django has no IF NOT EXISTS for an index that is made while people write.
ASIDE += "prefer-robust-stmts,"
# The CHECK of the states makes place for a wider one when a state is added.
ASIDE += "ban-drop-constraint,"
# About tables that are full already, and about code that is in use. Take these five away with the first release.
ASIDE += "adding-foreign-key-constraint,constraint-missing-not-valid,"
ASIDE += "adding-required-field,require-concurrent-index-creation,ban-drop-not-null"


def agree():
    """Ends with 1 when a model has changed and its migration has not."""
    call_command("makemigrations", check_changes=True, dry_run=True, interactive=False)


def written():
    """``{(app, name): its SQL}`` of our migrations, in one walk: asked one by one, each walks from the first again."""
    loader = MigrationLoader(connection, replace_migrations=False)
    found, state = {}, ProjectState()
    for key in dict.fromkeys(
        key for end in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(end)
    ):
        migration = loader.graph.nodes[key]
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        lines = editor.collected_sql
        found[key] = "\n".join(["BEGIN;", *lines, "COMMIT;"] if migration.atomic else lines)
    return {key: text for key, text in found.items() if key[0] in OURS}


class Linter(MigrationLinter):
    """django-migration-linter, over SQL that was written already."""

    def __init__(self, sql, **options):
        super().__init__(**options)
        self.sql = sql

    def get_sql(self, app_label, migration_name):
        """The lines of one migration."""
        return self.sql[app_label, migration_name].splitlines()


def without_harm(sql):
    """What django-migration-linter knows: columns that break the code that still runs."""
    linter = Linter(sql, path=str(ROOT), include_apps=OURS, no_cache=True, quiet=["ok", "ignore"])
    linter.lint_all_migrations()
    if linter.has_errors:
        linter.print_summary()
        sys.exit(1)


def sound(sql, folder):
    """What squawk knows: statements that lock or rewrite a table."""
    for (app, name), text in sql.items():
        (folder / f"{app}.{name}.sql").write_text(text)
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
            sql = written()
            without_harm(sql)
            sound(sql, Path(folder))
        finally:
            connection.close()
            ground.destroy()


if __name__ == "__main__":
    main()
