"""Work for the worker: reading the texts that were written or changed."""

from celery import shared_task

from factory.meaning.reading import read_one, read_waiting

A_SWEEP = 60


@shared_task
def read(thing, key):
    """Read one text, as soon as it is there."""
    read_one(thing, key)


@shared_task
def sweep():
    """Read the texts whose hint was lost."""
    read_waiting(A_SWEEP)
