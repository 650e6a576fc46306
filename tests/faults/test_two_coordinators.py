"""Coordinators press the same button at the same moment, over HTTP: one approval, the others are told.

Each of sixteen waits a few milliseconds drawn by a seed, so that every run meets in another order. The short form
runs always, the long one with `make chaos`; without the lock the same sixteen collide: the negative control.
"""

import random
import time

import pytest

from factory.journal.models import Event
from tests import make
from tests.faults.checker import judge
from tests.faults.people import Browser, at_once

SIDES = 16
SHORT, LONG = 3, 100
SPREAD = 0.01  # seconds between the first press and the last
ENOUGH = 0.95  # of the runs without the lock must go wrong, or a run with it proves nothing
SEED = 20


@pytest.fixture
def coordinators(town):
    """So many people who can approve."""
    return [make.coordinator(f"Coordinator{n} Approver") for n in range(SIDES)]


def presses(browsers, match, draw):
    """What each of these coordinators hears who approve this match at once."""
    path = f"/en/market/matches/{match.pk}/approve/"

    def press(number, browser, wait):
        time.sleep(wait)
        return browser.post(path, token=f"press-{match.pk}-{number}")

    waits = [draw.uniform(0, SPREAD) for _browser in browsers]
    return at_once(
        [lambda n=n, b=b, w=w: press(n, b, w)
         for n, (b, w) in enumerate(zip(browsers, waits, strict=True))]
    )  # fmt: skip


def approvals(match):
    return Event.objects.about(match).filter(verb="match.approve")


def is_right(match, answers):
    """Whether one approval was made, one coordinator was told so, and all others whose it is."""
    made = list(approvals(match))
    heard = sorted(answer.status for answer in answers)
    if len(made) != 1 or heard != [302] + [409] * (len(answers) - 1):
        return False
    told = [answer.text for answer in answers if answer.status == 409]
    return all(made[0].actor.name in text for text in told)


def rounds(port, people, number, seed):
    """How many of so many matches, each approved by all at once, were approved as it should be."""
    browsers, draw = [Browser(port, somebody) for somebody in people], random.Random(seed)
    right = 0
    for _n in range(number):
        match = make.match()
        right += is_right(match, presses(browsers, match, draw))
    return right


def all_mail_is_right(town):
    town.wake()
    assert town.settled(300)
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_of_many_approvals_at_once_one_is_made_and_the_others_hear_whose(
    town, worker, web, coordinators
):
    assert rounds(web, coordinators, SHORT, SEED) == SHORT
    all_mail_is_right(town)


def test_without_the_lock_the_same_approvals_collide(town, unlocked_web, coordinators):
    """Two approvals, or an error where the journal's numbering stops the second."""
    assert rounds(unlocked_web, coordinators, SHORT, SEED) == 0


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_a_hundred_times_sixteen_approvals_are_a_hundred(town, worker, web, coordinators):
    assert rounds(web, coordinators, LONG, SEED) == LONG
    all_mail_is_right(town)
    print(f"\nchaos: {LONG} x {SIDES} approvals at once: none twice, seed {SEED}", flush=True)


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_without_the_lock_nearly_all_of_a_hundred_go_wrong(town, unlocked_web, coordinators):
    wrong = LONG - rounds(unlocked_web, coordinators, LONG, SEED)
    print(f"\nchaos: without the lock {wrong} of {LONG} go wrong, seed {SEED}", flush=True)
    assert wrong >= ENOUGH * LONG
