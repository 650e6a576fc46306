"""What wakes the mail up. Lost or doubled wake-ups do no harm."""

from celery import shared_task

from factory.notices import delivery
from factory.notices.digests import gather
from factory.notices.waking import hint


@shared_task(expires=60)  # the next sweep does the same
def deliver():
    """Send what is due; come back for the rest, so that other work gets its turn."""
    if delivery.run():
        hint()


@shared_task
def digests():
    """Put Friday's lines together, once a week for each person."""
    if gather():
        hint()
