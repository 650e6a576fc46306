"""Work for the worker."""

from celery import shared_task

from factory.journal.sealing import seal_new_events


@shared_task
def seal():
    """Close what happened in the last minute."""
    seal_new_events()
