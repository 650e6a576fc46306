"""What time it is: the database's clock, or the replay clock while demo data is made."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Func
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

THIS_DAY = TruncDate(Now())  # the date in the Netherlands, judged inside a query
THIS_INSTANT = Func(function="clock_timestamp", output_field=DateTimeField())  # read inside a query

_replayed = ContextVar("replayed", default=None)
_held = ContextVar("held", default=None)


def now():
    """The database's time at this instant (not the transaction's start), or the replayed one."""
    return _replayed.get() or _held.get() or _database_time()


def today():
    """The date in the Netherlands at :func:`now`."""
    return timezone.localdate(now())


def replaying():
    """Whether history is being made up: events are marked and their mail is never sent."""
    return _replayed.get() is not None


@contextmanager
def replay(moment):
    """Let it be ``moment`` (an aware datetime) inside the block: for invented networks, never in production."""
    if settings.PRODUCTION:
        raise RuntimeError("History is made up for the demo alone.")
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)


@contextmanager
def held(moment=None):
    """One reading of the clock for many things that are made at once; ``moment``: it was read already."""
    token = _held.set(moment or now())
    try:
        yield
    finally:
        _held.reset(token)


def _database_time():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
