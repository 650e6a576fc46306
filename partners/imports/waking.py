"""Waking a worker for an import; what a lost hint or a killed worker left behind is found again."""

from datetime import timedelta

import structlog
from celery import current_app
from django.db import transaction

from factory import clock
from partners.models import Import

log = structlog.get_logger()
LET_GO = timedelta(seconds=30)  # without a sign of work, of a chunk that takes a few seconds


def wake(task, pk):
    """Ask for the work as soon as this transaction is there."""
    transaction.on_commit(lambda: _hint(task, pk), robust=True)


def _hint(task, pk):
    # Never raises and hardly waits: the sweep finds whatever a lost hint was about.
    try:
        current_app.send_task(task, [pk], retry=False, expires=60)
    except Exception as error:
        log.warning("import.hint_lost", error=type(error).__name__)


def forgotten():
    """The ids of imports that nobody worked at for a while, the oldest first."""
    still = Import.objects.at_work().filter(worked_at__lt=clock.now() - LET_GO)
    return list(still.order_by("pk").values_list("pk", flat=True))
