"""`manage.py up` as a person meets it: a process of its own, its data in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from factory.local.ground import Ground
from factory.local.places import ROOT
from factory.local.postgres import Postgres
from factory.local.process import wait_until
from tests import cluster
from tests.faults.people import Browser
from tests.processes import descendants, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("up")]

NAMED = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "FACTORY_MODE",
)
NAMED += (
    "DEV_MAIL_DIR",
    "MEDIA_ROOT",
    "AS_DATABASE_OWNER",
    "PYTEST_XDIST_WORKER",
    "SITE_URL",
    "PORT",
)

MAIL = re.compile(r'href="(/(?:en/)?dev/mail/[^"/?]+/)"')


class Run:
    """One `manage.py up`; `words` is what it printed so far."""

    def __init__(self, folder, *options):
        self.environment = {k: v for k, v in os.environ.items() if k not in NAMED}
        self.environment["FACTORY_VAR"] = str(folder)
        self.out = folder.parent / f"{folder.name}.out"
        command = [sys.executable, "manage.py", "up", "--port", "0", "--without-demo", *options]
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )

    @property
    def words(self):
        return self.out.read_text()

    def until_ready(self):
        """Wait for the line, and keep the address."""
        assert wait_until(lambda: "READY" in self.words or self.ended, seconds=200), self.words
        assert not self.ended, self.words
        self.url = re.search(r"^READY (http://localhost:\d+)/$", self.words, re.M)[1]
        return self

    @property
    def ended(self):
        return self.process.poll() is not None

    def stop(self):
        if not self.ended:
            self.process.terminate()
            self.process.wait(60)

    def manage(self, *words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )

    def status(self, path):
        with urllib.request.urlopen(self.url + path, timeout=20) as page:
            return page.status


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Two checkouts that begin with a migrated database, as a second start does."""
    folder = tmp_path_factory.mktemp("up")
    for name in ("one", "two"):
        (folder / name).mkdir()
        cluster.copy_to(folder / name)
    yield folder
    for name in ("one", "two"):
        Ground(folder / name, environ={}).destroy()


@pytest.fixture(scope="module")
def one(places):
    """A run that everything here may look at."""
    run = Run(places / "one").until_ready()
    yield run
    run.stop()


@pytest.fixture
def two(places):
    """The checkout beside it; a function that starts a run there."""
    runs = []

    def start():
        runs.append(Run(places / "two"))
        return runs[-1].until_ready()

    yield start
    for run in runs:
        run.stop()


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/market/", "/healthz", "/readyz", "/dev/", "/dev/mail/"]
)
def test_it_serves_as_soon_as_it_says_ready(one, path):
    assert one.status(path) == 200


def test_a_mail_can_be_read_in_the_browser(one):
    browser = Browser(int(one.url.rpartition(":")[2]))
    assert browser.post("/en/accounts/password/reset/", email="who@mail.example").status == 302
    found = []
    assert wait_until(
        lambda: found.append(MAIL.search(browser.get("/dev/mail/").text)) or found[-1],
        seconds=60,
    )
    page = found[-1][1]
    for path in (page, f"{page}page/", f"{page}source/"):
        assert browser.get(path).status == 200
    assert "who@mail.example" in browser.get(page).text
    assert browser.get("/dev/mail/another/").status == 404


def test_a_second_run_in_the_same_place_is_told_of_the_first(one, places):
    second = Run(places / "one")
    assert second.process.wait(60) == 1
    assert f"already runs here at {one.url}/" in second.words


def test_a_reset_waits_until_nothing_runs(one):
    done = one.manage("reset")
    assert (done.returncode, "already runs" in done.stderr) == (1, True)


def test_a_port_in_use_is_one_plain_sentence(one, places):
    port = one.url.rpartition(":")[2]
    run = Run(places / "two", "--port", port)
    assert run.process.wait(60) == 1
    assert f"Port {port} is in use by another program" in run.words
    assert "Traceback" not in run.words


def test_beside_another_it_survives_a_kill_and_stops_whole(one, two, places):
    run = two()
    assert run.url != one.url
    Postgres(places / "two").ask("CREATE TABLE kept ()", name="factory", role="factory_owner")
    started = descendants(run.process.pid)
    assert len(started) >= 7
    run.process.kill()
    assert wait_until(lambda: not running(started), seconds=60), running(started)

    again = two()
    assert one.status("/readyz") == 200
    kept = Postgres(places / "two").ask("SELECT * FROM kept", name="factory", role="factory_owner")
    assert kept == []
    started = descendants(again.process.pid)
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(60) == 0
    assert not running(started)

    (places / "two/media").mkdir(exist_ok=True)
    assert again.manage("reset").returncode == 0
    assert not (places / "two/media").exists()
    assert not Postgres(places / "two").data.exists()
