"""The long run: people at work while one thing after another breaks, drawn by a seed. `make chaos`."""

import os
import random
import time

import pytest

from factory.local.process import wait_until
from tests.faults.breaking import Breaker
from tests.faults.checker import judge
from tests.faults.crowd import delays, queue_digests
from tests.faults.people import Browser, met
from tests.faults.test_postgres import Traffic

SECONDS = int(os.environ.get("CHAOS_SECONDS", "1500"))
SEED = int(os.environ.get("CHAOS_SEED", str(int(time.time()))))
TURN = 300  # seconds until it is said how far we are
SETTLING = 300 + SECONDS  # a busy machine is behind with its mail by then
PAIRS = 24
PAUSE = 6  # seconds between two messages of one person, who may post 600 an hour
CROWD = 1000
KINDS = 10  # of faults, at least, in a run that is to prove something
A_KILL = 0.25  # copies, on average


@pytest.mark.chaos
@pytest.mark.timeout(2 * SECONDS + 1800)  # a busy machine takes long to begin and to settle
def test_a_long_run_of_faults_loses_nothing_and_doubles_nothing(town, web):
    print(f"\nchaos: seed {SEED}, {SECONDS} s of faults", flush=True)
    pairs = [met() for _n in range(PAIRS)]
    with Breaker(town, random.Random(SEED)) as breaker:
        with Traffic(web, pairs, pause=PAUSE) as traffic:
            for left in range(SECONDS, 0, -TURN):
                breaker.work_for(min(left, TURN))
                print(so_far(traffic, breaker, town), flush=True)
        began, behind = time.monotonic(), town.waiting() + town.put_off()
        assert town.settled(SETTLING), f"{town.waiting() + town.put_off()} of {behind} mails wait"
        print(f"chaos: {behind} mails left in {time.monotonic() - began:.0f} s", flush=True)
    assert_it_was_a_trial(traffic, breaker)
    verdict = judge(town, traffic.acknowledged)
    print(line(verdict, breaker, town), flush=True)
    print(kinds(breaker), flush=True)
    assert verdict.clean, verdict
    assert town.post.copies_of_kills() <= A_KILL * breaker.kills
    assert verdict.extra <= breaker.kills + len(town.post.cut)


@pytest.mark.chaos
@pytest.mark.timeout(600)
def test_the_delay_of_mail_that_cannot_wait_behind_a_thousand_digests(town, worker, web, pair):
    browser = Browser(web, pair.buyer)
    queue_digests(pair, CROWD)
    town.wake()
    assert wait_until(lambda: len(town.post.taken) > 3, seconds=30)
    took = sorted(delays(town, browser, pair, 20))
    behind = town.waiting()
    p95 = took[int(len(took) * 0.95) - 1]
    print(
        f"\nchaos: at once beside {CROWD} digests: p50 {took[len(took) // 2]:.2f} s, "
        f"p95 {p95:.2f} s, worst {took[-1]:.2f} s; {behind} digests still behind",
        flush=True,
    )
    assert p95 <= 10


def so_far(traffic, breaker, town):
    """How far we are: each request that was answered sets off a mail too."""
    return (
        f"chaos: {len(traffic.acknowledged)} requests and {len(breaker.done)} faults so far, "
        f"{town.waiting() + town.put_off()} mails behind"
    )


def assert_it_was_a_trial(traffic, breaker):
    assert len(set(breaker.done)) >= KINDS or SECONDS < TURN, "too few kinds of faults"
    assert len(traffic.acknowledged) > SECONDS
    assert 429 not in traffic.refused, "people were held back, so nothing was tried"


def line(verdict, breaker, town):
    """What the trial is about, in one line.

    A line that is cut between the last byte of a mail and its 250 is no kill, and a copy must follow (RFC 1047); so
    must it when the sender is killed between the 250 and writing that down. Both are counted by themselves.
    """
    copies = town.post.copies_of_kills()
    per_kill = copies / breaker.kills if breaker.kills else 0
    same = 100 if not verdict.changed else 0
    return (
        f"chaos: events {verdict.events}, faults {len(breaker.done)}, lost {len(verdict.lost)}, "
        f"doubled {len(verdict.doubled)}, extra copies per kill {per_kill:.2f} "
        f"({copies} in {breaker.kills}; {verdict.extra - copies} more after {len(town.post.cut)} lines cut before "
        f"the 250 and {len(town.post.unwritten)} kills right after it), same Message-ID {same} %"
    )


def kinds(breaker):
    names = sorted(set(breaker.done))
    return "chaos: " + ", ".join(f"{name} {breaker.done.count(name)}" for name in names)
