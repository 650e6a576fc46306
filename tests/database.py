"""Empties a worker's database after a test that really committed, and puts back what migrations made."""

import contextlib
import io

from tests import worlds

EVERY_TABLE = """SELECT quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY 1"""


class Baseline:
    """What the tables hold right after migration: provinces, sectors, the Factory itself."""

    def __init__(self, postgres, name):
        self.connect = lambda: contextlib.closing(postgres.connect(name))
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(worlds.FUNCTIONS)
            cursor.execute(EVERY_TABLE)
            self.tables = [table for (table,) in cursor.fetchall()]
            self.rows = {table: copied(cursor, table) for table in self.tables}

    def restore(self, *_):
        """As superuser and without triggers, which guard the journal even against its owner."""
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica; SET lock_timeout = '10s'")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in self.tables))
            for table, rows in self.rows.items():
                if rows:
                    cursor.copy_expert(f"COPY {table} FROM STDIN", io.BytesIO(rows))


def copied(cursor, table):
    """A table's rows as PostgreSQL writes them; empty bytes for an empty table."""
    rows = io.BytesIO()
    cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
    return rows.getvalue()
