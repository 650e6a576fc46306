"""Finalists who are coached, for the challenges of tests/contest.py."""

from datetime import timedelta

from challenges.lifecycle import coaching
from factory import clock


def coached(hours=4, days=5, after=0):
    """What is set up for a challenge whose finalists are coached for so many days, ``after`` days from now."""
    begins = clock.now() + timedelta(days=after)
    window = {"coaching_from": begins, "coaching_until": begins + timedelta(days=days)}
    return {"coaching_hours": hours, **window}


def start_coaching(challenge, by, until=None):
    """Every finalist gets a coach of its own."""
    found = challenge.entries.filter(state="shortlisted", coaching=None).order_by("number")
    coaches = {one: (f"Coach {one.number}", f"coach{one.number}@coach.example") for one in found}
    until = until or challenge.coaching_until
    coaching.start_coaching(challenge, by=by, coaches=coaches, until=until)
