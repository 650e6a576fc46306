"""The demo network: every app's share, made through the moves while an earlier day is replayed."""

import csv
import heapq
import json
import random
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone, translation

from factory import clock
from factory.contributions import gather
from factory.progress import Progress, note
from factory.working_days import is_working_day

SEED = 2018  # the network is the Factory's of that year, with invented names
DAYS = 3 * 365
LISTINGS = 409


def make(say=print):
    """Let every app make its share, in the order of the apps; ``say`` hears what is there."""
    steps = [step for of_an_app in gather("demo_steps") for step in of_an_app]
    with Progress(say) as progress:
        for number, step in enumerate(steps, 1):
            progress.begin(f"{number} of {len(steps)}: {step.__doc__.strip().splitlines()[0]}")
            # What a terminal says is English throughout; what the network says stands in its data.
            with transaction.atomic(), translation.override("en"):
                say(step())


def chance(name):
    """A source of choices that falls the same way on every machine."""
    return random.Random(f"{SEED} {name}")  # noqa: S311 - nothing here is secret


def play(stories):
    """Let stories happen. A story is a generator that yields the moment of what it does next."""
    story = together(stories)
    moment = next(story, None)
    while moment:
        note(f"up to {moment:%B %Y}")
        with clock.replay(moment):
            moment = next(story, None)


def together(stories):
    """Several stories as one, in the order of time."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        yield moment
        if following := next(story, None):
            heapq.heappush(waiting, (max(moment, following), number, story))


class Calendar:
    """Days counted back from the day on which the demo is made, whatever day is being replayed."""

    def __init__(self):
        self.now = clock.now()
        self.today = timezone.localdate(self.now)

    def at(self, days_ago, by):
        """A moment in office hours on that working day or the one before it, and never to come."""
        day = self.day(days_ago)
        while not is_working_day(day):
            day -= timedelta(days=1)
        start = timezone.make_aware(datetime.combine(day, time(8, 30)))
        return min(start + timedelta(seconds=by.randrange(9 * 3600)), self.now)

    def day(self, days_ago):
        return self.today - timedelta(days=round(days_ago))


def lines(path):
    """The rows of a file with a heading, as dictionaries."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def facts(path):
    """What a file of JSON holds."""
    return json.loads(path.read_text())
