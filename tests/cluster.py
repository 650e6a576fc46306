"""A PostgreSQL with everything migrated, made once per state of the migrations and copied per run."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from factory.local.places import ROOT, VAR, socket_folder
from factory.local.postgres import Postgres

SHELF = VAR / "test-clusters"
APPS = ("factory", "partners", "market", "challenges")


def made_from():
    """The files whose change asks for a new cluster."""
    kinds = (
        "**/migrations/*.py",
        "**/data/*",
        "**/commands/grants.py",
        "**/public_bodies.py",
        "**/apps.py",
    )
    found = [path for app in APPS for kind in kinds for path in (ROOT / app).glob(kind)]
    return sorted([*found, ROOT / "requirements/base.txt", ROOT / "factory/settings.py"])


def key():
    digest = hashlib.sha256()
    for path in made_from():
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def copy_to(folder):
    """Put a migrated cluster into `folder`, from the shelf or newly made."""
    SHELF.mkdir(parents=True, exist_ok=True)
    with (SHELF / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = Postgres(SHELF / key(), durable=False)
        if not (kept.folder / "whole").exists():
            make(kept)
        subprocess.run(["cp", "-a", kept.data, Postgres(folder).data], check=True)


def make(kept):
    for old in SHELF.iterdir():
        if old.is_dir():
            shutil.rmtree(Postgres(old).data, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    kept.start()
    try:
        prepare(kept)
    finally:
        kept.stop()
        shutil.rmtree(socket_folder(kept.folder))
    (kept.folder / "whole").touch()


def prepare(postgres):
    owner = {
        "AS_DATABASE_OWNER": "1",
        "FACTORY_MODE": "test",
        "DATABASE_URL": postgres.url("factory_app"),
        "DATABASE_OWNER_URL": postgres.url("factory_owner"),
    }
    command = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | owner, capture_output=True, text=True)
    if done.returncode:
        pytest.exit(f"manage.py prepare failed:\n{done.stderr[-3000:]}", returncode=1)


def test_folder():
    """A new place for the data of one run."""
    return Path(tempfile.mkdtemp(prefix="factory-test-"))
