"""The call list: what every app has waiting, in rows of one shape, with who to call and the last talk."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from factory.contributions import gather
from factory.coordination.models import Note

MOST = 10  # rows of a queue on the first page
COUNTED = 100  # exact up to here


class Length(models.Func):
    """How many an array holds."""

    function = "cardinality"
    output_field = models.IntegerField()


@dataclass
class Call:
    """A row: ``people`` are (name, phone) of whom to call; ``thing`` is (type, id) of what notes are about."""

    title: str
    meta: str
    url: str
    since: datetime
    people: list = field(default_factory=list)
    action: str = ""
    late: bool = False
    thing: tuple | None = None
    note_url: str = ""
    for_url: str = ""
    last: Note | None = None


@dataclass
class Queue:
    """What waits for one reason. ``calls``: whether it is about calling somebody; ``waits``: whether somebody waits."""

    key: str
    title: str
    all: str = ""
    rows: list = field(default_factory=list)
    total: int = 0
    calls: bool = True
    waits: bool = True

    @property
    def more(self):
        """How many are not shown, in figures: ``12`` or ``90+``; empty if none."""
        left = min(self.total, COUNTED) - len(self.rows)
        return f"{left}{'+' * (self.total > COUNTED)}" if left > 0 else ""

    @property
    def count(self):
        return f"{COUNTED}+" if self.total > COUNTED else str(self.total)


def call_list(person, everywhere=False):
    """Every app's queues, with what was last said; those with the same key become one."""
    found = queues_of(person, everywhere)
    rows = [row for queue in found for row in queue.rows if row.thing]
    last = Note.objects.last_about({row.thing for row in rows})
    for row in rows:
        row.last = last.get(row.thing)
    return sorted(found, key=lambda queue: (not queue.calls, not queue.rows))


def queues_of(person, everywhere=False):
    """Every app's queues, the longest waiting first in each."""
    found = {}
    for part in gather("coordinator_queues"):
        for queue in part(person, everywhere):
            known = found.setdefault(queue.key, queue)
            if known is not queue:
                known.rows = sorted(known.rows + queue.rows, key=lambda row: row.since)[:MOST]
                known.total += queue.total
    return list(found.values())


def waiting_for(person):
    """Those queues of a coordinator in which somebody waits."""
    return [queue for queue in queues_of(person) if queue.total and queue.waits]


def counted(queues):
    """How many wait in these together, of each no more than :data:`COUNTED`."""
    return sum(min(queue.total, COUNTED) for queue in queues)


def rows_of(statement):
    """The rows of a query of queues that was put together before: ``(sql, parameters)``.

    To put one together at every visit costs the web process ten times what it costs to ask it.
    """
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def total_of(rows):
    """How many rows a query has, counted no further than just over :data:`COUNTED`; for an annotation."""
    return Length(ArraySubquery(rows.order_by().values("pk")[: COUNTED + 1]))


def phone_of(*paths):
    """The first of these columns that holds a number; for an annotation."""
    return Coalesce(*(NullIf(path, Value("")) for path in paths), Value(""))
