"""Sixteen who award at once: never a euro over the envelope, never two awards for one entry.

With the guard off the same sixteen go over: the negative control. `make chaos` makes the long run.
"""

from contextlib import nullcontext

import pgtrigger
import pytest
from django.db import IntegrityError, connection
from django.db.models import Sum

from challenges.lifecycle import award as awards
from challenges.models import Award, Challenge
from factory.journal.models import Event
from factory.moves import the_factory
from tests import contest, make
from tests.faults.people import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 16
CENTS = 1_000_000  # of an envelope of 10 000 000: ten fit
SHORT, LONG = 5, 100
GUARDS = ["challenges.Award:keeps_the_sum"]


@pytest.fixture
def made():
    """A jury that deliberates over sixteen entries."""
    return contest.contest("consensus", entrants=[make.organisation() for _n in range(AT_ONCE)])


def outcome(entry, factory, guards_off=()):
    """One award in a transaction and a connection of its own; what was made, or why not."""
    try:
        # Without a name it would ignore every trigger there is.
        with pgtrigger.ignore(*guards_off) if guards_off else nullcontext():
            return awards.put_forward(Award(entry=entry, cents=CENTS), by=factory)
    except IntegrityError as error:
        return error
    finally:
        connection.close()


def race(entries, guards_off=()):
    """So many awards at the same moment."""
    factory = the_factory()
    return at_once([lambda e=e: outcome(e, factory, guards_off) for e in entries])


def standing(challenge):
    """What is awarded together, by the rows and by the challenge's own total."""
    rows = Award.objects.filter(challenge=challenge).standing().aggregate(sum=Sum("cents"))["sum"]
    return rows or 0, Challenge.objects.get(pk=challenge.pk).committed_cents


def clear(challenge):
    """The next run begins with the whole envelope."""
    for award in Award.objects.filter(challenge=challenge, state="proposed"):
        awards.drop(award)


def run(made):
    """Sixteen entries at once, then one entry sixteen times; nothing over, nothing double."""
    given = race(made.entries)
    assert sum(isinstance(one, Event) for one in given) == 10
    assert standing(made.challenge) == (10_000_000, 10_000_000)
    clear(made.challenge)
    given = race([made.entries[0]] * AT_ONCE)
    assert sum(isinstance(one, Event) for one in given) == 1
    assert standing(made.challenge) == (CENTS, CENTS)
    clear(made.challenge)


def test_sixteen_at_once_never_go_over_the_envelope(made):
    for _n in range(SHORT):
        run(made)


@pytest.mark.chaos
@pytest.mark.timeout(900)
def test_a_hundred_times_sixteen_at_once_never_go_over_the_envelope(made):
    for _n in range(LONG):
        run(made)
    print(f"\nchaos: {LONG} x {AT_ONCE} awards at once: EUR 0 over, no double award", flush=True)


def test_without_the_guard_sixteen_at_once_overspend(made):
    given = race(made.entries, GUARDS)
    assert sum(isinstance(one, Event) for one in given) == AT_ONCE
    rows, _noted = standing(made.challenge)
    assert rows == AT_ONCE * CENTS > made.challenge.envelope_cents
