"""Locking in the house's order, and what happens when a lock is not to be had."""

from contextvars import ContextVar

from django.db import OperationalError, connection

from factory.moves.errors import Busy

RETRIED = {"40001", "40P01"}
LOCK_TIMEOUT = "55P03"

_making = ContextVar("making", default=False)


def outermost(make):
    """Only the outermost move retries a deadlock; a lock not had in time becomes :class:`Busy`."""
    if _making.get():
        return make()
    token = _making.set(True)
    try:
        return _retried(make)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") in RETRIED | {LOCK_TIMEOUT}:
            raise Busy from error
        raise
    finally:
        _making.reset(token)


def _retried(make):
    try:
        return make()
    except OperationalError as error:
        again = getattr(error.__cause__, "pgcode", "") in RETRIED
        if connection.in_atomic_block or not again:
            raise
        return make()


def lock(thing):
    """Lock what ``thing.locks_first()`` names and then its own row, until the transaction ends; read it again."""
    for rows in thing.locks_first():
        list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))
    fresh = type(thing)._base_manager.select_for_update(no_key=True, of=("self",))
    thing.refresh_from_db(from_queryset=fresh)
