"""One platform for the short fault tests of a run, with people in it."""

import pytest
from django.db import connections

from factory.environment import database
from factory.settings import LIMITS
from tests.faults.people import met
from tests.faults.town import opened_town


def pytest_collection_modifyitems(config, items):
    """The long run is for `make chaos` alone."""
    if "chaos" in config.getoption("-m"):
        return
    long = [item for item in items if item.get_closest_marker("chaos")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def whole_town():
    """Started once; what a test stops it starts again."""
    made = opened_town()
    yield made
    made.close()


@pytest.fixture
def town(whole_town, in_town, settings):
    """The platform with nothing waiting and a post office of good manners."""
    settings.TAKE_BACK_SECONDS = 0
    tidy(whole_town)
    with in_town(whole_town):
        yield whole_town
    for name in whole_town.running("beat"):
        whole_town.end(name)
    if not whole_town.broker.children.running:
        whole_town.redis_returns()


@pytest.fixture
def worker(town):
    """Somebody who sends when woken; the same one for all tests that leave it alive."""
    return next(iter(town.running("worker")), None) or town.start_worker(children=4)


@pytest.fixture
def no_worker(town):
    """Nobody sends; who starts workers starts them alone."""
    end_workers(town)
    yield
    end_workers(town)


@pytest.fixture
def in_town(django_db_blocker):
    """``with in_town(town):`` models read and write in that town's database."""
    return lambda town: InTown(town, django_db_blocker.unblock())


class InTown:
    """Points Django's connection elsewhere and back."""

    def __init__(self, town, unblocked):
        self.there = database(town.postgres.url(), LIMITS + "15s")
        self.unblocked, self.ours = unblocked, connections.settings["default"]

    def __enter__(self):
        self.unblocked.__enter__()
        connections["default"].close()
        self.kept = dict(self.ours)
        self.ours.update(self.there)

    def __exit__(self, *error):
        connections["default"].close()
        self.ours.update(self.kept)
        self.unblocked.__exit__(*error)


def tidy(town):
    """What an earlier test left must not leave in this one, nor count in it."""
    town.ask("UPDATE notices_notice SET status = 'dropped' WHERE status = 'waiting'")
    town.drained(5)  # what somebody is sending at this moment
    town.ask("UPDATE notices_notice SET status = 'dropped' WHERE status = 'sending'")
    town.since = town.ask("SELECT coalesce(max(id), 0) FROM notices_notice")[0][0]
    post = town.post
    for kept in (post.taken, post.answers, post.slow, post.to, post.when):
        kept.clear()


def end_workers(town):
    for name in town.running("worker"):
        town.end(name)


@pytest.fixture(scope="session")
def web(whole_town):
    """The port at which the platform answers."""
    return whole_town.start_web()


@pytest.fixture(scope="session")
def unlocked_web(whole_town):
    """The same without its guards, for negative controls."""
    return whole_town.start_web("tests.faults.unlocked")


@pytest.fixture
def pair(town):
    """A buyer and a supplier who have met."""
    return met()
