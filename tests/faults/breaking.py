"""One fault after another, drawn from a seeded list; each is healed before the next but one."""

import contextlib
import os
import signal
import threading
import time

import psycopg2

from factory.local.process import wait_until

WORKERS = 2
BREATH = (0.5, 2.5)  # seconds between two faults
SLOW = (3, 8)  # seconds until a mail is answered
SOME_BACKEND = """SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = 'factory'
    AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY (state = 'active') DESC, random()
    LIMIT 3) AS chosen"""

BLOCKED = """FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND starts_with(query, 'UPDATE "notices_notice"')"""


class Breaker:
    """Keeps workers and a clock running in a town, and breaks something every few moments."""

    def __init__(self, town, random):
        self.town, self.random = town, random
        self.done, self.kills = [], 0
        self.lock = threading.Lock()

    def __enter__(self):
        self.mend()
        return self

    def __exit__(self, *error):
        for kind in ("worker", "beat"):
            for name in self.town.running(kind):
                self.town.end(name)

    def work_for(self, seconds):
        """Break and mend until the time is up; all is whole at the end."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            fault = self.random.choice(FAULTS)
            fault(self)
            self.done.append(fault.__name__.replace("_", " "))
            time.sleep(self.random.uniform(*BREATH))
            self.mend()
        self.town.post.when.clear()
        self.town.post.answers.clear()
        self.town.post.slow.clear()

    def mend(self):
        """Start what is missing, as a supervisor does."""
        while len(self.town.running("worker")) < WORKERS:
            self.town.start_worker(children=2)
        if not self.town.running("beat"):
            self.town.start_beat()

    def kill_one(self):
        """Some worker with all its children, at once."""
        self._kill(self.random.sample(self.town.running("worker"), 1))

    def kill_the_sender(self, _server):
        """Whoever is sending: every worker, as one kill."""
        self._kill(self.town.running("worker"))

    def _kill(self, names):
        with self.lock:
            for name in names:
                self.town.end(name)
            self.kills += bool(names)

    def pause(self, low, high):
        time.sleep(self.random.uniform(low, high))


def worker_killed_at_random(breaker):
    breaker.kill_one()


def at(breaker, point, kill):
    """Kill whoever comes to this point of sending next."""
    before = breaker.kills
    breaker.town.post.when[point].append(kill)
    until = time.monotonic() + 5
    while breaker.kills == before and time.monotonic() < until:
        time.sleep(0.02)


def worker_killed_before_data(breaker):
    at(breaker, "mail", breaker.kill_the_sender)


def worker_killed_at_data(breaker):
    at(breaker, "data", breaker.kill_the_sender)


def worker_killed_before_250(breaker):
    at(breaker, "before 250", breaker.kill_the_sender)


def worker_killed_after_250(breaker):
    """The mail is sent, and nobody lives to write that down."""

    def come_to_it(_server):
        mail = breaker.town.post.at_hand

        def kill():
            breaker.town.post.unwritten += [mail.message_id] if mail else []
            breaker.kill_the_sender(None)

        hold(breaker.town, kill)

    at(breaker, "before 250", come_to_it)


def hold(town, kill):
    """Hold the row, so that the worker has its 250 but cannot write that down; kill it there."""
    try:
        connection = town.postgres.connect("factory")
    except psycopg2.OperationalError:  # another fault has it just now
        return
    connection.autocommit = False
    connection.cursor().execute("SELECT 1 FROM notices_notice WHERE status = 'sending' FOR UPDATE")

    def end():
        if wait_until(lambda: town.ask(f"SELECT 1 {BLOCKED}"), seconds=2.5, pause=0.01):
            kill()
            town.ask(f"SELECT pg_terminate_backend(pid) {BLOCKED}")  # its statement dies with it
        connection.close()

    threading.Thread(target=end).start()


def worker_stopped_and_continued(breaker):
    name = breaker.random.choice(breaker.town.running("worker"))
    process, _by = breaker.town.children.running[name]
    for number in (signal.SIGSTOP, signal.SIGCONT):
        with contextlib.suppress(ProcessLookupError):  # a kill that was still to come has come
            os.killpg(process.pid, number)
        breaker.pause(0.5, 2)


def redis_killed(breaker):
    breaker.town.redis_goes()
    breaker.pause(0.5, 3)
    breaker.town.redis_returns()


def redis_emptied(breaker):
    breaker.town.broker.connect().flushall()


def postgresql_crashed(breaker):
    breaker.kills += 1
    breaker.town.restart_postgres()


def backend_killed(breaker):
    """Some connections to PostgreSQL end in the middle of whatever they were at."""
    breaker.kills += 1
    for _n in range(3):
        breaker.town.ask(SOME_BACKEND)
        breaker.pause(0.05, 0.3)


def mail_server_away(breaker):
    breaker.town.post.close()
    breaker.pause(0.5, 3)
    breaker.town.post.open()


def mail_server_greylists(breaker):
    breaker.town.post.answers += ["451 Come back later"] * 3


def mail_server_hangs_up(breaker):
    breaker.town.post.answers += ["250 Taken", "421 Going away"]


def mail_server_resets_after_data(breaker):
    breaker.town.post.when["before 250"].append(breaker.town.post.cut_off)


def mail_server_slow(breaker):
    breaker.town.post.slow.append(breaker.random.uniform(*SLOW))


def clock_stopped(breaker):
    for name in breaker.town.running("beat"):
        breaker.town.end(name)
    breaker.pause(0.5, 2)


def two_clocks(breaker):
    if len(breaker.town.running("beat")) < 2:
        breaker.town.start_beat()


def wake_up_doubled(breaker):
    breaker.town.wake(times=5)


FAULTS = [
    worker_killed_at_random,
    worker_killed_before_data,
    worker_killed_at_data,
    worker_killed_before_250,
    worker_killed_after_250,
    worker_stopped_and_continued,
    redis_killed,
    redis_emptied,
    postgresql_crashed,
    backend_killed,
    mail_server_away,
    mail_server_greylists,
    mail_server_hangs_up,
    mail_server_resets_after_data,
    mail_server_slow,
    clock_stopped,
    two_clocks,
    wake_up_doubled,
]
