"""What every test may ask for. The services themselves start in plugin_services.py."""

import os
import sys

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation

from factory.local.places import ROOT
from factory.local.postgres import Postgres
from factory.local.process import Children
from tests.chromium import chromium
from tests.database import Baseline
from tests.mailbox import Mailbox
from tests.plugin_services import FOLDER
from tests.turns import DAY, TURN
from tests.worlds import shelf

pytest_plugins = ["tests.cast"]

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic --no-first-run --disable-dev-shm-usage"
)


def pytest_report_header():
    return f"{TURN}={DAY} (which part of the long grids; tests/turns.py)"


@pytest.fixture(scope="session")
def postgres():
    """The run's own PostgreSQL, for what needs the superuser or another role."""
    return Postgres(os.environ[FOLDER], durable=False)


@pytest.fixture(scope="session")
def django_db_setup(postgres, django_db_blocker):
    """The worker's database is already there, as the application's role sees it in production."""
    baseline = Baseline(postgres, settings.DATABASES["default"]["NAME"])
    type(connection.ops).execute_sql_flush = baseline.restore
    shelf.filled = {table for table, rows in baseline.rows.items() if rows}
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def nothing_written(request):
    """A test begins with the database as migrations left it, or as its module did."""
    shelf.begin(request.node)


@pytest.fixture(autouse=True)
def dutch():
    """A page asked for in English leaves no English behind for the next test."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def mailbox():
    """The mails that really went out over SMTP during this test."""
    box = Mailbox(settings.DEV_MAIL_DIR)
    box.empty()
    return box


@pytest.fixture(scope="session")
def celery_process(django_db_setup):
    """A real Celery worker in a process of its own; tests that use it commit for real."""
    command = [sys.executable, "-m", "celery", "-A", "factory", "worker", "-P", "solo"]
    command += [
        "--without-gossip",
        "--without-mingle",
        "-l",
        "warning",
        "-n",
        f"test-{os.getpid()}@%h",
    ]
    children = Children()
    children.start("worker", command, cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"})
    yield children
    children.stop()


@pytest.fixture
def worker(celery_process, transactional_db):
    """Celery works on this test's database."""
    return celery_process


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path, libraries = chromium()
    return {"executable_path": path, "args": FLAGS.split(), "env": os.environ | libraries}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
