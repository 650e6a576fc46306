"""A worker is killed while it puts digests or the mails of saved searches together, and while it sends them.

Then the same task comes twice at once, and once more when all is done: everybody hears everything, once.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from factory import clock
from factory.local.process import wait_until
from factory.notices.digests import TEMPLATE
from factory.notices.models import Notice
from partners.models import SavedSearch, SearchHit, SearchNews
from tests import make
from tests.faults.checker import judge
from tests.faults.crowd import queue_lines, readers
from tests.faults.test_workers_killed import killed_at

PEOPLE, UNTIL = 8, 3  # people, and those who are done when the worker is killed
DIGESTS, SEARCH = "factory.notices.tasks.digests", "partners.tasks.search"
WORDS = "zonnebloemrestaurant"  # that nothing else has
HELD_UP = "FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@contextmanager
def held_up_at(town, person):
    """Whoever wants to write something about this person waits; in the end what they wrote is undone."""
    connection = town.postgres.connect("factory")
    connection.autocommit = False
    connection.cursor().execute(
        "SELECT 1 FROM partners_person WHERE id = %s FOR UPDATE", [person.pk]
    )
    try:
        yield
    finally:
        town.ask(f"SELECT pg_terminate_backend(pid) {HELD_UP}")  # it dies with its worker
        connection.close()


def killed_in_the_middle(town, task, person):
    """Start a worker, give it this task, and kill it while it is at this person."""
    name = town.start_worker()
    with held_up_at(town, person):
        town.wake(task)
        assert wait_until(lambda: town.ask(f"SELECT 1 {HELD_UP}"), seconds=30, pause=0.05)
        town.end(name)


def twice_and_late(town, task):
    """The task comes to two workers at once, and again when everything has left."""
    for _n in range(2):
        town.start_worker()
    town.wake(task, times=4)
    assert wait_until(lambda: town.waiting() > 0 or town.post.taken, seconds=30)
    assert town.settled()
    before = len(town.post.taken)
    town.wake(task)
    town.wake(task)
    assert wait_until(lambda: times_done(town, task) >= 4 + 2, seconds=30)
    assert town.settled()
    assert len(town.post.taken) == before


def times_done(town, task):
    """How often the workers of now say that they finished this task."""
    logs = [town.log(name) for name in town.running("worker")]
    done = [line for log in logs for line in log.splitlines() if " succeeded in " in line]
    return sum(f"Task {task}[" in line for line in done)


def assert_everybody_heard_once(town, people, extra):
    """One mail each, and of a mail whose 250 nobody heard one copy more."""
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == extra
    for person in people:
        assert len(set(town.post.sent_to(person.email))) == 1, person


def digests_of(people):
    return Notice.objects.filter(recipient__in=people, template=TEMPLATE)


@pytest.fixture
def searchers(town):
    """People with a saved search, and something new on the market that answers it."""
    people, before = readers(PEOPLE), clock.now() - timedelta(days=1)
    for person in people:
        SavedSearch.objects.create(
            person=person, kind="market", query=f"q={WORDS}", name="Lunch", pace="at_once",
            made_at=before, looked_at=before, seen_at=before,
        )  # fmt: skip
    make.need(title=f"Lunch in a {WORDS}")
    yield people
    SavedSearch.objects.filter(person__in=people).update(pace="never")


def test_digests_whose_worker_is_killed_are_neither_lost_nor_doubled(town, no_worker, pair):
    people = readers(PEOPLE)
    lines = queue_lines(pair, people)
    killed_in_the_middle(town, DIGESTS, people[UNTIL])
    assert digests_of(people).count() == UNTIL  # whole, each with its line; of the next nothing
    assert Notice.objects.filter(pk__in=[line.pk for line in lines], digest=None).count() == (
        PEOPLE - UNTIL
    )
    for point in ("mail", "data", "before 250"):
        killed_at(town, point)
    twice_and_late(town, DIGESTS)
    assert digests_of(people).count() == PEOPLE
    kept = Notice.objects.filter(pk__in=[line.pk for line in lines])
    assert {(line.recipient, line.digest.recipient, line.status) for line in kept} == {
        (person, person, "sent") for person in people
    }
    assert_everybody_heard_once(town, people, extra=1)


def test_mails_of_saved_searches_whose_worker_is_killed_are_neither_lost_nor_doubled(
    town, no_worker, searchers
):
    killed_in_the_middle(town, SEARCH, searchers[UNTIL])
    mine = {"person__in": searchers}
    assert SearchNews.objects.filter(**mine).count() == UNTIL
    assert SearchHit.objects.filter(search__person__in=searchers).count() == UNTIL
    for point in ("mail", "data", "before 250"):
        killed_at(town, point)
    twice_and_late(town, SEARCH)
    found = SearchHit.objects.filter(search__person__in=searchers)
    assert sorted(found.values_list("search__person", flat=True)) == sorted(
        person.pk for person in searchers
    )
    assert SearchNews.objects.filter(state="told", **mine).count() == PEOPLE
    assert_everybody_heard_once(town, searchers, extra=1)
