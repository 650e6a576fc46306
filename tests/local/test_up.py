"""`manage.py up` as a person meets it: a process of its own, its data in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from factory.local.ground import Ground
from factory.local.places import ROOT
from factory.local.process import wait_until
from tests.processes import descendants, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.xdist_group("up")]

NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_HOST", "EMAIL_PORT", "FACTORY_MODE")
NAMED += ("DEV_MAIL_DIR", "MEDIA_ROOT", "AS_DATABASE_OWNER", "PYTEST_XDIST_WORKER", "SITE_URL", "PORT")


class Run:
    """One `manage.py up`; `words` is what it printed so far."""

    def __init__(self, folder, *options):
        self.environment = {k: v for k, v in os.environ.items() if k not in NAMED}
        self.environment["FACTORY_VAR"] = str(folder)
        self.out = folder.parent / f"{folder.name}.out"
        command = [sys.executable, "manage.py", "up", "--port", "0", "--without-demo", *options]
        self.began = time.monotonic()
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )

    @property
    def words(self):
        return self.out.read_text()

    def until_ready(self):
        """Wait for the line, and keep the address and the seconds it took."""
        assert wait_until(lambda: "READY" in self.words or self.ended, seconds=120), self.words
        assert not self.ended, self.words
        self.seconds = time.monotonic() - self.began
        self.url = re.search(r"^READY (http://localhost:\d+)/$", self.words, re.M)[1]
        return self

    @property
    def ended(self):
        return self.process.poll() is not None

    def status(self, path):
        with urllib.request.urlopen(self.url + path, timeout=20) as page:
            return page.status


@pytest.fixture
def up(tmp_path):
    """Starts runs, and leaves nothing of them."""
    runs = []

    def start(name="var", *options):
        runs.append(Run(tmp_path / name, *options))
        return runs[-1]

    yield start
    for run in runs:
        if not run.ended:
            run.process.terminate()
            run.process.wait(60)
    for name in {run.environment["FACTORY_VAR"] for run in runs}:
        Ground(name, environ={}).destroy()


def test_it_comes_up_serves_and_is_quick_the_second_time(up):
    first = up().until_ready()
    for path in ("/", "/en/", "/market/", "/healthz", "/readyz", "/dev/mail/"):
        assert first.status(path) == 200
    started = descendants(first.process.pid)
    assert len(started) >= 7
    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(40) == 0
    assert not running(started)
    second = up().until_ready()
    assert second.seconds < first.seconds
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(40) == 0


def test_when_the_supervisor_is_killed_nothing_stays_behind(up):
    run = up().until_ready()
    started = descendants(run.process.pid)
    run.process.kill()
    run.process.wait()
    assert wait_until(lambda: not running(started), seconds=30), running(started)
    assert up().until_ready().status("/readyz") == 200


def test_a_second_run_in_the_same_place_is_told_of_the_first(up):
    first = up().until_ready()
    second = up()
    assert second.process.wait(60) == 1
    assert f"already runs here at {first.url}/" in second.words


def test_two_checkouts_run_side_by_side(up):
    one, two = up("one"), up("two")
    assert one.until_ready().url != two.until_ready().url
    assert one.status("/readyz") == two.status("/readyz") == 200


def test_a_port_in_use_is_one_plain_sentence(up):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = up("var", "--port", str(port))
        assert run.process.wait(60) == 1
    assert f"Port {port} is in use by another program" in run.words
    assert "Traceback" not in run.words


def test_reset_empties_what_was_kept(up, tmp_path):
    run = up().until_ready()
    (tmp_path / "var/media").mkdir(exist_ok=True)
    (tmp_path / "var/media/photo.jpg").touch()
    command = [sys.executable, "manage.py", "reset"]
    refused = subprocess.run(command, cwd=ROOT, env=run.environment, capture_output=True, text=True)
    assert (refused.returncode, "already runs" in refused.stderr) == (1, True)
    run.process.terminate()
    run.process.wait(40)
    assert subprocess.run(command, cwd=ROOT, env=run.environment, capture_output=True).returncode == 0
    assert not (tmp_path / "var/media").exists()
    assert not (tmp_path / "var/postgres").exists()
