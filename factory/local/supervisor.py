"""`make up`: every server and worker started in order, watched, and stopped together."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from factory.local.ground import Ground
from factory.local.lock import Lock
from factory.local.mail import listening
from factory.local.places import ROOT, VAR, make_folder
from factory.local.process import Children, wait_until
from factory.local.trouble import Trouble, explain, refuse_a_full_disk
from factory.progress import BEGAN, stamped

PYTHON = [sys.executable, "-W", "ignore"]
PATIENCE = 240  # seconds until /readyz must say that it is ready
A_WORD = 10  # seconds until it is said what we wait for


class Stopped(BaseException):
    """Ctrl-C or a signal: not an error."""


class Supervisor:
    """Owns the sockets, the servers and the stages of one run."""

    def __init__(self, port, *, first_task, folder=VAR):
        self.folder, self.first_task = folder, first_task
        self.began = time.monotonic()
        self.children = Children()
        self.port = port
        self.ground = None

    def run(self, *, accounts, has_people, demo):
        """All stages, then watch until told to stop. `demo` is the command for the first start."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stopped)
        try:
            self._open()
            self._start_ground()
            self._prepare()
            self._fill(has_people, demo)
            self._start_workers()
            words = self._manage("accounts", *accounts) if accounts else ""
            self._wait_for_ready()
            site = f"http://localhost:{self.port}/"
            print(f"READY {site}", flush=True)
            print(f"{words}\nMail: {site}dev/mail/  Codes of this moment: {site}dev/", flush=True)
            self._watch()
        finally:
            self._stop()

    def say(self, words):
        with contextlib.suppress(BrokenPipeError):
            print(stamped(words, self.began), flush=True)

    def _open(self):
        """The lock and the port first: what is refused is refused before anything runs."""
        make_folder(self.folder)
        refuse_a_full_disk(self.folder, Ground(self.folder).room())
        self.lock = Lock(self.folder).take()
        self.web = opened(self.port)
        self.port = self.web.getsockname()[1]
        self.lock.tell(url=f"http://localhost:{self.port}/")
        self.mail = listening()
        (self.folder / "log").mkdir(exist_ok=True)

    def _start_ground(self):
        unfinished = self.folder / "demo-unfinished"
        self.ground = Ground(self.folder)
        if unfinished.exists() and self.ground.postgres:
            self.ground.postgres.destroy()
        unfinished.unlink(missing_ok=True)
        self.say("PostgreSQL and Redis start ...")
        self.ground.start(pass_fds=[self.lock.fileno()])
        self.environment = os.environ | self._settings() | self.ground.environment()
        self.say("PostgreSQL and Redis answer")

    def _settings(self):
        site = f"http://localhost:{self.port}"
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.mail.getsockname()[1])}
        return {
            "FACTORY_MODE": "demo",
            "PORT": str(self.port),
            "SITE_URL": site,
            "DEV_MAIL_DIR": str(self.folder / "mail"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "OMP_NUM_THREADS": "1",
        } | ({} if "EMAIL_HOST" in os.environ else mail)

    def _prepare(self):
        self.say("Texts, tables and rights are brought up to date ...")
        self._manage("prepare", "prepare", shown=True, AS_DATABASE_OWNER="1")
        self.say("Texts, tables and rights are up to date")

    def _fill(self, has_people, demo):
        """Demo data on the first start; a start cut short begins anew next time."""
        if not demo or has_people(self.environment["DATABASE_URL"]):
            return
        unfinished = self.folder / "demo-unfinished"
        unfinished.touch()
        self.say("Making the demo network; this happens once ...")
        self._manage("demo", *demo, shown=True)
        unfinished.unlink()
        self.say("The demo network is there")

    def _manage(self, name, *words, shown=False, **more):
        """Run a management command to its end; its output, or Trouble with its last line."""
        more |= {BEGAN: str(self.began)}
        how = {"cwd": ROOT, "env": self.environment | more, "stderr": subprocess.PIPE}
        with (self.folder / "log" / f"{name}.log").open("w+") as log:
            out = None if shown else log
            command = [*PYTHON, "manage.py", *words]
            process = self.children.start(name, command, stop_by="KILL", stdout=out, **how)
            errors = process.stderr.read().decode(errors="replace")
            process.wait()
            log.seek(0)
            said = log.read()
            log.write(errors)
        del self.children.running[name]
        if process.returncode:
            raise explain(f"manage.py {words[0]} (see {log.name})", errors, self.folder)
        return said.strip()

    def _start_workers(self):
        celery = [*PYTHON, "-m", "celery", "-A", "factory"]
        self._start(
            "web",
            [*PYTHON, "-m", "gunicorn", "factory.wsgi", "--bind", f"fd://{self.web.fileno()}"]
            + ["--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "5"]
            + ["--no-control-socket", "--access-logfile", "-"]
            + ["--logger-class", "factory.access_log.AccessLog"],
            pass_fds=[self.web.fileno(), self.lock.fileno()],
        )
        worker = ["worker", "-c", "2", "--without-gossip", "--without-mingle", "-l", "info"]
        self._start("worker", [*celery, *worker, "-B", "--scheduler", "celery.beat:Scheduler"])
        folder = self.folder / "mail"
        self._start(
            "mail",
            [*PYTHON, "-m", "factory.local.mail", "--descriptor", self.mail.fileno()]
            + ["--folder", folder],
            pass_fds=[self.mail.fileno()],
        )
        self.say("Web, worker with beat, and mail catcher start")

    def _start(self, name, command, **how):
        log = (self.folder / "log" / f"{name}.log").open("w")
        with log:
            how |= {"stdout": log, "stderr": log, "cwd": ROOT, "env": self.environment}
            self.children.start(name, command, **how)

    def _wait_for_ready(self):
        """Ready means the worker has done its first task, too."""
        self.first_task(self.environment["REDIS_URL"])
        for _wait in range(0, PATIENCE, A_WORD):
            if wait_until(self._ready_or_ended, seconds=A_WORD, pause=0.1):
                break
            self.say(f"Not everything is ready yet; it says {self.answer or 'nothing'}")
        else:
            raise Trouble(f"It did not become ready: {self.answer}. See the logs in {self.folder}.")
        self._check()
        self.say("Everything is ready")

    def _ready_or_ended(self):
        self.answer = asked(f"http://127.0.0.1:{self.port}/readyz")
        return self.answer.get("status") == "ready" or self.children.ended()

    def _check(self):
        for name in self.children.ended():
            log = self.folder / "log" / f"{name}.log"
            raise explain(f"The {name} process (see {log})", log.read_text(), self.folder)

    def _watch(self):
        while True:
            self._check()
            if self.ground.ended():
                raise Trouble(f"A server stopped by itself: see the logs in {self.folder}.")
            time.sleep(0.3)

    def _stop(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.children.stop()
        if self.ground:
            self.ground.stop()
            self.say("Stopped")

    @staticmethod
    def _stopped(*_):
        raise Stopped


def opened(port):
    """The web's listening socket, or the sentence about who has the port."""
    try:
        return listening(port)
    except PermissionError as error:
        raise Trouble(f"Port {port} is not for ordinary users: try make up PORT=8000.") from error
    except OverflowError as error:
        raise Trouble(f"{port} is not a port: choose one from 1024 to 65535.") from error
    except OSError as error:
        raise Trouble(
            f"Port {port} is in use by another program: stop that one, or choose another port, "
            f"as in make up PORT={port + 1}."
        ) from error


def asked(url):
    """What a page answers in JSON; an empty answer while there is none."""
    try:
        with urllib.request.urlopen(url, timeout=5) as page:  # noqa: S310 (our own address)
            return json.load(page)
    except urllib.error.HTTPError as error:
        return {"status": error.code}
    except (OSError, ValueError):
        return {}
