"""A backup can really be put back."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from factory.local.places import ROOT
from tests.plugin_services import WORKER

NOTICE = """INSERT INTO notices_notice (channel, template, urgency, answers, language, status,
    created_at, attempts, subject, text, html, calendar, answer, address)
    VALUES ('mail', 'x', 'news', '{}', 'nl', %s, now(), 0, '', '', '', '', '', 'ada@here.example')"""


@pytest.fixture
def site(postgres, tmp_path):
    """A database and a folder of files of its own, and a way to run commands on them."""
    name = f"site_{WORKER}"
    postgres.ask(f"CREATE DATABASE {name} TEMPLATE factory OWNER factory_owner")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/photo.jpg").write_bytes(b"a photo")
    environment = os.environ | {
        "DATABASE_URL": postgres.url("factory_app", name),
        "DATABASE_OWNER_URL": postgres.url("factory_owner", name),
        "MEDIA_ROOT": str(tmp_path / "media"),
    }

    def manage(*words):
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    def ask(words, *values, role="factory_app"):
        return postgres.ask(words, values, name=name, role=role)

    yield SimpleNamespace(manage=manage, ask=ask, media=tmp_path / "media")
    postgres.ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def kept(site, tmp_path):
    """A backup of the site with one notice waiting and one sent."""
    for status in ("waiting", "sent"):
        site.ask(NOTICE, status)
    done = site.manage("backup", tmp_path / "kept")
    assert done.returncode == 0, done.stderr
    return tmp_path / "kept"


def test_what_was_lost_since_the_backup_is_back(site, kept):
    before = site.ask("SELECT count(*) FROM partners_region")
    site.ask("TRUNCATE partners_region CASCADE", role="factory_owner")
    (site.media / "photo.jpg").unlink()
    (site.media / "later.jpg").touch()
    done = site.manage("restore", kept, "--yes")
    assert done.returncode == 0, done.stderr
    assert site.ask("SELECT count(*) FROM partners_region") == before
    assert [path.name for path in site.media.iterdir()] == ["photo.jpg"]


def test_mail_that_was_waiting_in_the_backup_is_held(site, kept):
    site.manage("restore", kept, "--yes")
    found = site.ask("SELECT status FROM notices_notice ORDER BY id")
    assert found == [("quarantined",), ("sent",)]


def test_after_a_restore_the_application_still_cannot_change_the_journal(site, kept):
    site.manage("restore", kept, "--yes")
    allowed = "SELECT has_table_privilege('factory_app', 'journal_event', %s)"
    assert [site.ask(allowed, right)[0][0] for right in ("INSERT", "UPDATE")] == [True, False]


@pytest.mark.parametrize("part", ["database.dump", "media.tar"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(site, kept, part):
    with (kept / part).open("ab") as file:
        file.write(b"!")
    done = site.manage("restore", kept, "--yes")
    assert (done.returncode, "is damaged" in done.stderr) == (1, True)
    assert site.ask("SELECT count(*) FROM notices_notice") == [(2,)]


def test_half_a_backup_is_refused(site, kept):
    (kept / "manifest.json").unlink()
    done = site.manage("restore", kept, "--yes")
    assert (done.returncode, "not a whole backup" in done.stderr) == (1, True)


def test_a_backup_is_open_to_its_owner_alone(kept):
    assert kept.stat().st_mode & 0o077 == 0


def test_restore_asks_which_backup(site):
    assert "Say which backup" in site.manage("restore").stderr
