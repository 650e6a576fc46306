"""The one door round the moves: for data migrations, and for loads too large to walk one by one."""

from contextlib import contextmanager

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from factory.graph import Moving
from factory.journal.models import Event

ALTER = "ALTER TABLE {table} {able} TRIGGER {trigger}"


class Door:
    """What the journal's event is about: the door itself, of which there is one."""

    pk = 1

    @staticmethod
    def label():
        return "journal.door"


@contextmanager
def journalled_door(why, *, by=None):
    """Inside, things with a state may be written without moves; one event ``door.<why>`` says so.

    One transaction. Only the owner of the tables can open it (``AS_DATABASE_OWNER=1``). Yields a
    dict that becomes the event's details: numbers and codes, such as how many rows were loaded.
    ``by`` is the Factory unless told otherwise. Checks that wait for the end of the transaction
    are made on the way in and on the way out.
    """
    by = by or get_user_model().objects.the_factory()
    details = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal.door'))")
        _guards(cursor, "DISABLE")
        yield details
        _guards(cursor, "ENABLE")
        Event.objects.record(Door, f"door.{why}", actor=by, details=details)


def _guards(cursor, able):
    # PostgreSQL alters no table for which a check still waits.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, trigger in guards():
        cursor.execute(ALTER.format(table=table, able=able, trigger=trigger))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def guards():
    """Every (table, trigger) that holds things with a state to their moves, quoted."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        if issubclass(model, Moving):
            for trigger in model.graph.triggers():
                yield quote(model._meta.db_table), quote(trigger.get_pgid(model))
