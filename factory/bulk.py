"""Rows by the hundred thousand, in one statement each and past the moves: for benchmarks and trials."""

from contextvars import ContextVar

from django.db import connection
from django.utils import translation

from factory.contributions import gather
from factory.journal.door import journalled_door
from factory.progress import Progress, note

_say = ContextVar("say", default=lambda words: None)


def enlarge(listings, say=print):
    """Let every app load its share of a network with this many listings; ``say`` hears of every table.

    Through the journal's door, so only as the owner of the tables (``AS_DATABASE_OWNER=1``).
    """
    token = _say.set(say)
    try:
        # What a terminal says is English throughout, the names of the tables too.
        with journalled_door("bulk-load") as details, Progress(say), translation.override("en"):
            for step in gather("bulk_steps"):
                words, counted = step(listings)
                details.update(counted)
                say(words)
    finally:
        _say.reset(token)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def insert(model, source, **columns):
    """``INSERT INTO … SELECT … FROM source``; a column that is not named gets its field's default.

    Columns are named by their fields' attnames (``region_id``) and given as SQL. Returns the count.
    """
    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    known = [f for f in fields if not f.primary_key or f.attname in columns]
    picked, values = [], []
    for field in known:
        if field.attname in columns:
            picked.append(columns[field.attname])
        else:
            picked.append("%s")
            values.append(field.get_db_prep_save(field.get_default(), connection))
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in known)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}) SELECT {', '.join(picked)} FROM {source}"  # noqa: S608
    note(f"Adding {model._meta.verbose_name_plural}")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        _say.get()(f"{cursor.rowcount} {model._meta.verbose_name_plural}")
        return cursor.rowcount


def seed(name, rows):
    """A temporary table of the texts to choose from, with ``no`` counting from 0; returns how many."""
    columns = list(rows[0])
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        listed = ", ".join(f"{column} text" for column in columns)
        cursor.execute(f"CREATE TEMP TABLE {name} (no int PRIMARY KEY, {listed})")
        marks = ", ".join(["%s"] * (len(columns) + 1))
        lines = [(no, *row.values()) for no, row in enumerate(rows)]
        cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", lines)  # noqa: S608
        cursor.execute(f"ANALYZE {name}")
    return len(rows)


def run(statement, values=None):
    """One statement; its first row, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def first_free(model):
    """The id after the highest one."""
    table = connection.ops.quote_name(model._meta.db_table)
    return run(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0]  # noqa: S608


def move_sequence(model):
    """After rows with ids of our own, let the next ones follow."""
    table = connection.ops.quote_name(model._meta.db_table)
    run(
        f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))",  # noqa: S608
        [model._meta.db_table],
    )
