"""Somebody's browser over real HTTP, and many of them at once."""

import http.client
import time
from dataclasses import dataclass
from threading import Barrier, Thread
from urllib.parse import urlencode

from django.test import Client

from tests import make
from tests.doors import sign_in

CSRF = "c" * 32


@dataclass
class Answer:
    """What a page said; status 0 when no answer came."""

    status: int
    to: str = ""
    text: str = ""
    seconds: float = 0

    @property
    def acknowledged(self):
        return 200 <= self.status < 400


class Browser:
    """One person's session; every request has a connection of its own."""

    def __init__(self, port, person=None):
        self.port, self.cookies = port, f"csrftoken={CSRF}"
        if person:
            client = sign_in(Client(), person)
            self.cookies += f"; sessionid={client.cookies['sessionid'].value}"

    def get(self, path):
        return self._ask("GET", path, None)

    def post(self, path, **fields):
        return self._ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": CSRF}))

    def _ask(self, method, path, body):
        head = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        way, begin = (
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=30),
            time.monotonic(),
        )
        try:
            way.request(method, path, body, head)
            found = way.getresponse()
            text = found.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(0, seconds=time.monotonic() - begin)
        finally:
            way.close()
        where = found.getheader("Location") or ""
        return Answer(found.status, where, text, time.monotonic() - begin)


def at_once(deeds):
    """Do them all at the same moment; returns what each gave."""
    outcomes, start = [], Barrier(len(deeds))

    def run(deed):
        start.wait(30)
        outcomes.append(deed())

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def met():
    """Two people of the two sides of a match in which they can write to each other."""
    match = make.match("introduced")
    sides = [
        side.memberships.who_decide().first().person for side in (match.buyer, match.organisation)
    ]
    return Pair(match.pk, *sides)


@dataclass(frozen=True)
class Pair:
    """A match by its number, and somebody of each side."""

    match: int
    buyer: object
    supplier: object

    @property
    def path(self):
        return f"/en/market/matches/{self.match}/write/"
