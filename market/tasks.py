"""Work for the worker: suppliers for the needs on the market, and months to close."""

from celery import shared_task

from market.counting.closing import close_months
from market.lifecycle import dropping, rounds
from market.lifecycle.suggesting import read_and_suggest, suggest_for_waiting
from market.restocking import refresh


@shared_task
def suggest(need):
    """Look for suppliers for one need, as soon as it is live."""
    read_and_suggest(need)


@shared_task
def sweep():
    """Look for suppliers for the needs whose hint was lost."""
    suggest_for_waiting()


@shared_task
def go_round():
    """Go on with the round of suggestions that a coordinator asked for."""
    if rounds.go_on():
        rounds.hint()


@shared_task
def shelve():
    """Put ready what fits the organisations for which the market has changed."""
    refresh()


@shared_task
def close():
    """Let what was noted until the end of a month become part of the public figures."""
    close_months()


@shared_task
def drop_drafts():
    """Drop the drafts that nobody finishes, once somebody was told in time."""
    dropping.sweep()
