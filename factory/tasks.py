"""Work for the worker: a sign of life, and the moves whose time has come."""

from celery import shared_task

from factory import moves
from factory.models import Heartbeat, Undoable


@shared_task
def heartbeat():
    """Say that a worker is alive."""
    Heartbeat.objects.beat("worker")


@shared_task
def make_due_moves():
    """Make every clock-driven move that is due, and let go of what cannot be taken back any more."""
    Undoable.objects.forget()
    moves.make_due_moves()
