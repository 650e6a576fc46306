"""Notes are not kept for ever."""

from celery import shared_task

from factory.coordination.models import Note


@shared_task
def forget_notes():
    """Remove the notes that have been kept long enough."""
    Note.objects.outlived().delete()
