"""A worker is killed at every moment of sending: nothing is lost, and what came twice is the same mail."""

from threading import Thread

from factory.local.process import wait_until
from factory.notices.outbox import post
from tests.faults.checker import judge

MAILS = 6
POINTS = ("mail", "data", "before 250", "after 250")
BLOCKED = """FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND starts_with(query, 'UPDATE "notices_notice"')"""


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


def hold(town, kill):
    """Hold the row, so that the worker has its 250 but cannot write that down; kill it there."""
    connection = town.postgres.connect("factory")
    connection.autocommit = False
    connection.cursor().execute("SELECT 1 FROM notices_notice WHERE status = 'sending' FOR UPDATE")

    def end():
        if wait_until(lambda: town.ask(f"SELECT 1 {BLOCKED}"), seconds=2.5, pause=0.01):
            kill()
            town.ask(f"SELECT pg_terminate_backend(pid) {BLOCKED}")  # its statement dies with it
        connection.close()

    Thread(target=end).start()


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
