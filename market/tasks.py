"""Work for the worker: suppliers for the needs on the market."""

from celery import shared_task

from market.lifecycle.suggesting import suggest_for, suggest_for_waiting


@shared_task
def suggest(need):
    """Look for suppliers for one need, as soon as it is live."""
    suggest_for(need)


@shared_task
def sweep():
    """Look for suppliers for the needs whose hint was lost."""
    suggest_for_waiting()
