"""One probe, many times: queries, processor time of the web process, PostgreSQL's time, wall, bytes."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle

from django.db import connection
from django.test import Client

MS = 1000
WARM = 3


@dataclass
class Probe:
    """What to measure: addresses to open in turn (as ``person``), or a function with its arguments.

    ``once``: it takes long, or leaves something behind; measured in one round only.
    """

    name: str
    urls: list | None = None
    person: object = None
    call: object = None
    arguments: Iterable | None = None
    once: bool = False


@dataclass
class Cost:
    """The medians of one probe, times in milliseconds; ``queries`` and ``bytes`` are the highest."""

    name: str
    queries: int
    cpu: float
    database: float
    wall: float
    wall_p95: float
    bytes: int


class Meter:
    """Counts and times what goes to PostgreSQL."""

    def __init__(self):
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute, *arguments):
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began


def measured(probes, times):
    """The :class:`Cost` of each probe over so many rounds, after a few to warm up.

    Every round measures each of them once, so that what else the machine does falls on all alike.
    """
    acts = [_opening(probe) if probe.urls else probe.call for probe in probes]
    turns = [cycle(probe.urls or probe.arguments) for probe in probes]
    rows = [[] for _probe in probes]
    for number in range(-WARM, times):
        for probe, act, arguments, found in zip(probes, acts, turns, rows, strict=True):
            if probe.once and number != 0:
                continue
            row = _once(act, next(arguments))
            if number >= 0:
                found.append(row)
    return [_summed(probe.name, found) for probe, found in zip(probes, rows, strict=True)]


def _once(act, argument):
    meter = Meter()
    with connection.execute_wrapper(meter):
        wall, cpu = time.perf_counter(), time.process_time()
        size = act(argument)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return meter.queries, cpu * MS, meter.seconds * MS, wall * MS, size or 0


def _summed(name, rows):
    queries, cpu, database, wall, size = zip(*rows, strict=True)
    middle = statistics.median
    worst = statistics.quantiles([*wall, *wall], n=20, method="inclusive")[-1]  # of one, itself
    return Cost(name, max(queries), middle(cpu), middle(database), middle(wall), worst, max(size))


def _opening(probe):
    client = at_work(probe.person)

    def act(url):
        answer = client.get(url, HTTP_ACCEPT_ENCODING="gzip")
        if answer.status_code != 200:
            raise ValueError(f"{url} answers {answer.status_code}")
        return len(answer.content)

    return act


def at_work(person):
    """A client; ``person``, if any, is signed in with a second factor."""
    client = Client()
    if person is None:
        return client
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time()}
    ]
    session.save()
    return client
