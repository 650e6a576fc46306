"""A worker is killed at every moment of sending: nothing is lost, and what came twice is the same mail."""

import pytest

from factory.local.process import wait_until
from factory.notices.outbox import post
from tests.faults.breaking import hold
from tests.faults.checker import judge

MAILS = 6
FIFTY = 50
POINTS = ("mail", "data", "before 250", "after 250")


def killed_at(town, point):
    """Start a worker, let it send, and kill its whole group when it gets to this point."""
    name, dead = town.start_worker(), []

    def kill(_server):
        town.end(name)
        dead.append(name)

    if point == "after 250":
        town.post.when["before 250"].append(lambda server: hold(town, lambda: kill(server)))
    else:
        town.post.when[point].append(kill)
    town.leases_run_out()
    town.wake()
    assert wait_until(lambda: dead, seconds=30), f"no worker came to {point}"


def test_a_worker_killed_at_any_moment_of_sending_loses_nothing(town, no_worker):
    for n in range(MAILS):
        post(f"killed{n}@mail.example", "Your code", f"Code {n}")
    for point in POINTS:
        killed_at(town, point)
    town.start_worker()
    assert town.settled()
    verdict = judge(town)
    assert verdict.events == MAILS
    assert verdict.clean, verdict
    # Once the whole mail was handed over, the server has it while nobody could write that down.
    assert verdict.extra == 2


@pytest.mark.chaos
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
def test_fifty_kills_at_one_moment_of_sending_lose_nothing(town, no_worker, point):
    for n in range(FIFTY):
        post(f"fifty{n}@mail.example", "Your code", f"Code {n}")
    for _n in range(FIFTY):
        killed_at(town, point)
    town.start_worker()
    assert town.settled()
    verdict = judge(town)
    print(
        f"\nkilled {FIFTY} times at {point}: lost {len(verdict.lost)}, copies {verdict.extra}",
        flush=True,
    )
    assert verdict.events == FIFTY
    assert verdict.clean, verdict
    assert verdict.extra <= (FIFTY if point in {"before 250", "after 250"} else 0)
