"""The whole platform with servers of its own, to be broken piece by piece: nothing in it is shared."""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from celery import Celery
from django.conf import settings

from factory.local.ground import Ground
from factory.local.mail import listening
from factory.local.places import ROOT
from factory.local.process import Children, stop, wait_until
from factory.local.trouble import Trouble
from tests import cluster
from tests.faults.post_office import PostOffice

CELERY = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "factory"]
QUIET = ["--without-gossip", "--without-mingle", "-l", "info"]
PATIENCE = 60  # seconds; the machine may be busy


class Town:
    """PostgreSQL and Redis that keep what they said they keep, web, workers, beats, a post office."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="factory-faults-"))
        self.ground = Ground(self.folder, durable=True, environ={})
        self.postgres, self.broker = self.ground.postgres, self.ground.broker
        self.children = Children()
        self.post = PostOffice()
        self.started = 0
        self.since = 0  # the last notice that no longer counts

    def open(self):
        """The ground and the post office; workers and web come when a test asks for them."""
        cluster.copy_to(self.folder)
        self.ground.start()
        self.post.open()
        self.environment = os.environ | self.ground.environment() | {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.post.port),
            "TAKE_BACK_SECONDS": "0",
            "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        return self

    def close(self):
        """Nothing stays behind."""
        self.children.stop(patience=5)
        self.post.close()
        self.ground.destroy()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, command, **how):
        """A process in a group of its own, with a log."""
        with (self.folder / f"{name}.log").open("a") as log:
            how = {"stdout": log, "stderr": log, "cwd": ROOT, "env": self.environment} | how
            return self.children.start(name, command, **how)

    def end(self, name, number=signal.SIGKILL):
        """Stop a process and its group, at once unless another signal is named."""
        process, _by = self.children.running.pop(name)
        if number == signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        stop(process, number)

    def start_web(self, module="factory.wsgi"):
        """Serve on a free port; returns its address."""
        self.started += 1
        name, door = f"web{self.started}", listening()
        command = [sys.executable, "-W", "ignore", "-m", "gunicorn", module, "--preload"]
        command += ["--bind", f"fd://{door.fileno()}", "--workers", "1", "--threads", "20"]
        self.start(name, [*command, "--no-control-socket"], pass_fds=[door.fileno()])
        port = door.getsockname()[1]
        door.close()
        assert wait_until(lambda: answers(port), seconds=PATIENCE), self.log(name)
        return port

    def start_worker(self, children=1):
        """A Celery worker; returns its name once it works."""
        self.started += 1
        name = f"worker{self.started}"
        command = [*CELERY, "worker", "-c", children, *QUIET, "-n", f"{name}@%h"]
        process = self.start(name, command)
        wait_until(lambda: " ready." in self.log(name) or process.poll(), seconds=PATIENCE)
        at_work = " ready." in self.log(name) or process.poll() == -signal.SIGKILL
        assert at_work, self.log(name)
        return name

    def start_beat(self):
        """The clock that wakes the workers; returns its name."""
        self.started += 1
        name = f"beat{self.started}"
        self.start(name, [*CELERY, "beat", "-S", "celery.beat:Scheduler", "-l", "info"])
        return name

    def running(self, kind):
        """The names of the processes of a kind."""
        return [name for name in self.children.running if name.startswith(kind)]

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wake(self, task="factory.notices.tasks.deliver", times=1):
        """Publish a task, as a hint or a beat does."""
        with Celery(broker=self.ground.environment()["REDIS_URL"], set_as_current=False) as app:
            app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
            for _n in range(times):
                app.send_task(task)

    def restart_postgres(self):
        """As after a crash: every connection cut, nothing written out, recovery at the start."""
        process, _by = self.postgres.children.running.pop("postgres")
        process.send_signal(signal.SIGQUIT)
        process.wait(20)
        self.postgres.start()

    def redis_goes(self):
        """Killed: what it held in memory is gone."""
        process, _by = self.broker.children.running.pop("redis")
        stop(process, signal.SIGKILL)
        self.broker.socket.unlink(missing_ok=True)

    def redis_returns(self):
        """Empty."""
        shutil.rmtree(self.broker.folder / "redis", ignore_errors=True)
        self.broker.start()

    def ask(self, words, values=()):
        """SQL as the superuser."""
        return self.postgres.ask(words, values, name="factory")

    def leases_run_out(self):
        """Let the time pass that a silent sender is waited for."""
        return self.ask(
            "UPDATE notices_notice SET leased_until = now() WHERE status = 'sending' RETURNING id"
        )

    def waiting(self):
        """How many mails are due or being sent."""
        return self.ask(
            "SELECT count(*) FROM notices_notice WHERE channel = 'mail' AND next_at <= now()"
            " AND status IN ('waiting', 'sending')"
        )[0][0]

    def time_passes(self):
        """Until what was put off is due again."""
        self.ask(
            "UPDATE notices_notice SET next_at = now() WHERE status = 'waiting' AND next_at > now()"
        )
        self.wake()

    def settled(self, seconds=PATIENCE):
        """Whether all has left; nobody who went silent and no delay is waited for in real time."""
        until = time.monotonic() + seconds
        self.time_passes()
        while (before := self.waiting() + self.put_off()) and time.monotonic() < until:
            if not self.drained(2) and self.waiting() >= before:
                self.leases_run_out()
            self.time_passes()
        return before == 0

    def put_off(self):
        """How many mails wait for a later moment, digests' lines aside."""
        return self.ask(
            "SELECT count(*) FROM notices_notice WHERE status = 'waiting' AND next_at > now()"
        )[0][0]

    def drained(self, seconds=PATIENCE):
        """Whether everything due has left in time."""
        return wait_until(lambda: self.waiting() == 0, seconds=seconds, pause=0.1)


def answers(port):
    """Whether the web is there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def opened_town():
    """A town, or none at all when its ground does not hold."""
    town = Town()
    try:
        return town.open()
    except (Trouble, OSError):
        town.close()
        raise
