"""Work for the worker."""

from celery import shared_task

from factory.files.keeping import sweep


@shared_task
def sweep_files():
    """Remove the files of forms that did not go through."""
    sweep()
