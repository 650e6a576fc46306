"""Real PostgreSQL, Redis and SMTP for the tests, started before pytest-django reads the settings.

One PostgreSQL and one Redis per run; one database, one Redis number and one mail catcher per worker.
"""

import atexit
import os
import shutil

import pytest

from factory.local.ground import Ground
from factory.local.mail import Catcher
from factory.local.trouble import Trouble
from tests import cluster

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NUMBER = 0 if WORKER == "main" else int(WORKER.removeprefix("gw")) + 1
FOLDER = "FACTORY_TEST_FOLDER"  # where the run's data are; set for the workers by the first process


def start_ground():
    """The controller's part: copy the migrated cluster and start both servers."""
    folder = cluster.test_folder()
    os.environ[FOLDER] = str(folder)
    ground = Ground(folder, durable=False, environ={})
    atexit.register(leave, ground)
    cluster.copy_to(folder)
    ground.start()


def leave(ground):
    ground.destroy()
    shutil.rmtree(ground.folder, ignore_errors=True)


def enter():
    """Every process's part: a database, a Redis number and a mail catcher of its own."""
    folder = os.environ[FOLDER]
    ground = Ground(folder, durable=False, environ={})
    name = f"factory_{WORKER}"
    ground.postgres.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    ground.postgres.ask(f"CREATE DATABASE {name} TEMPLATE factory OWNER factory_owner")
    catcher = Catcher(f"{folder}/mail-{WORKER}")
    catcher.start_in_a_thread()
    os.environ |= ground.environment(name, NUMBER) | {
        "FACTORY_MODE": "test",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(catcher.port),
        "DEV_MAIL_DIR": str(catcher.folder),
        "MEDIA_ROOT": f"{folder}/media-{WORKER}",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }


try:
    if FOLDER not in os.environ:
        start_ground()
    enter()
except Trouble as trouble:
    pytest.exit(str(trouble), returncode=1)
