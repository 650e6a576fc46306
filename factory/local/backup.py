"""A backup is a folder: the database, the files people sent, and a manifest with their hashes."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import psycopg2

from factory.local.lock import Lock
from factory.local.places import VAR
from factory.local.postgres import Postgres, programs
from factory.local.trouble import Trouble, explain, refuse_a_full_disk

NOTHING_HERE = (
    "There is no database in this folder, so nothing was backed up. If the platform runs in containers, use: "
    "docker compose run --rm keeper manage.py backup"
)
DATABASE, FILES, MANIFEST = "database.dump", "media.zip", "manifest.json"


@contextlib.contextmanager
def owner_url(*, make_one=False):
    """The owner's address of the database: the one named, the one that runs here, or one we start.

    Trouble where there is none yet, unless we may ``make_one``: a copy of nothing looks like a backup.
    """
    if named := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
        yield named
        return
    postgres = Postgres(VAR)
    if postgres.answers():
        yield postgres.url("factory_owner")
        return
    if not make_one and not postgres.exists():
        raise Trouble(NOTHING_HERE)
    held = Lock(VAR).take()
    try:
        yield postgres.start(pass_fds=[held.fileno()]).url("factory_owner")
    finally:
        postgres.stop()


def run(program, *words):
    """One of PostgreSQL's own programs; what it says, or Trouble."""
    command = [programs() / program, *words]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise explain(program, done.stderr, VAR)
    return done.stdout


def back_up(media, url, folder=None):
    """Write a backup and return its folder; the manifest comes last, so half a backup has none."""
    folder = Path(folder or VAR / "backups" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    refuse_a_full_disk(folder)
    run("pg_dump", "-Fc", "--no-owner", "-f", folder / DATABASE, url)
    with ZipFile(folder / FILES, "w", strict_timestamps=False) as archive:
        for path in sorted(Path(media).rglob("*")):
            archive.write(path, path.relative_to(media))
    said = {"made_at": datetime.now(UTC).isoformat(), "sha256": hashes(folder)}
    (folder / MANIFEST).write_text(json.dumps(said, indent=1))
    return folder


def hashes(folder):
    """``{name: sha256}`` of every part of a backup."""
    return {name: sha256(folder / name) for name in (DATABASE, FILES)}


def sha256(path):
    """The hash of a file in hexadecimal digits; read in pieces, as backups are large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder):
    """Trouble unless every part is there as it was written."""
    manifest = Path(folder) / MANIFEST
    if not manifest.is_file():
        raise Trouble(f"{folder} is not a whole backup: it has no {MANIFEST}.")
    for name, expected in json.loads(manifest.read_text())["sha256"].items():
        path = Path(folder) / name
        if not path.is_file() or sha256(path) != expected:
            raise Trouble(f"{path} is damaged: its hash is not the one in the manifest.")


def restore(folder, media, url):
    """Replace the database and the files by those of a checked backup."""
    folder = Path(folder)
    empty(url)
    contents = folder / "contents.tmp"
    contents.write_text(without_extensions(run("pg_restore", "-l", folder / DATABASE)))
    try:
        run(
            *("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"),
            *("-L", contents, "-d", url, folder / DATABASE),
        )
    finally:
        contents.unlink()
    replace_files(folder / FILES, Path(media))


def without_extensions(contents):
    """The dump's list without what the superuser owns and the database already has."""
    owned = re.compile(r" (EXTENSION|SCHEMA) |COMMENT - (EXTENSION|SCHEMA)")
    return "\n".join(line for line in contents.splitlines() if not owned.search(line))


def empty(url):
    """Drop everything the owner made; the extensions stay."""
    with contextlib.closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute("DROP OWNED BY CURRENT_USER CASCADE")


def replace_files(archive, media):
    """Put the files of the backup where the present ones are."""
    shutil.rmtree(media, ignore_errors=True)
    media.mkdir(parents=True)
    # A zip's names stay inside the folder in every Python; the tar of 3.11.0 to 3.11.3 cannot promise it.
    with ZipFile(archive) as opened:
        opened.extractall(media)
