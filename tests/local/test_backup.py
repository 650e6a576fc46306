"""A backup can really be put back. One story: two notices, a backup, a loss, a restore."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from factory.local import backup
from factory.local.places import ROOT
from factory.local.trouble import Trouble
from tests.plugin_services import WORKER

pytestmark = pytest.mark.xdist_group("backup")

NOTICES = """
from django.utils.timezone import now
from factory.notices.models import Notice
for status in ("waiting", "sent"):
    Notice.objects.create(
        channel="mail", template="x", address="ada@here.example", status=status, next_at=now()
    )
"""


@pytest.fixture(scope="module")
def site(postgres, tmp_path_factory):
    """A database and a folder of files of its own, and a way to run commands on them."""
    folder, name = tmp_path_factory.mktemp("site"), f"site_{WORKER}"
    postgres.ask(f"CREATE DATABASE {name} TEMPLATE factory OWNER factory_owner")
    (folder / "media").mkdir()
    (folder / "media/photo.jpg").write_bytes(b"a photo")
    environment = os.environ | {
        "DATABASE_URL": postgres.url("factory_app", name),
        "DATABASE_OWNER_URL": postgres.url("factory_owner", name),
        "MEDIA_ROOT": str(folder / "media"),
    }

    def manage(*words):
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    def ask(words, *values, role="factory_app"):
        return postgres.ask(words, values, name=name, role=role)

    yield SimpleNamespace(manage=manage, ask=ask, folder=folder, media=folder / "media")
    postgres.ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def kept(site):
    """A backup of the site with one notice waiting and one sent."""
    for words in (["shell", "-v", "0", "-c", NOTICES], ["backup", site.folder / "kept"]):
        done = site.manage(*words)
        assert done.returncode == 0, done.stderr
    return site.folder / "kept"


@pytest.fixture(scope="module")
def restored(site, kept):
    """The site after it lost its regions and its photo, and got them back."""
    site.ask("TRUNCATE partners_region CASCADE", role="factory_owner")
    (site.media / "photo.jpg").unlink()
    (site.media / "later.jpg").touch()
    done = site.manage("restore", kept, "--yes")
    assert done.returncode == 0, done.stderr
    return site


@pytest.mark.timeout(240)
def test_what_was_lost_since_the_backup_is_back(restored, postgres):
    count = "SELECT count(*) FROM partners_region"
    assert restored.ask(count) == postgres.ask(count, name="factory")
    assert [path.name for path in restored.media.iterdir()] == ["photo.jpg"]


def test_mail_that_was_waiting_in_the_backup_is_held(restored):
    found = restored.ask("SELECT status FROM notices_notice ORDER BY id")
    assert found == [("quarantined",), ("sent",)]


def test_after_a_restore_the_application_still_cannot_change_the_journal(restored):
    allowed = "SELECT has_table_privilege('factory_app', 'journal_event', %s)"
    assert [restored.ask(allowed, right)[0][0] for right in ("INSERT", "UPDATE")] == [True, False]


@pytest.fixture
def copy(kept, tmp_path):
    """The backup's parts, to damage."""
    for path in kept.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize("part", ["database.dump", "media.zip"])
def test_a_damaged_backup_is_refused(copy, part):
    backup.check(copy)
    with (copy / part).open("ab") as file:
        file.write(b"!")
    with pytest.raises(Trouble, match="is damaged"):
        backup.check(copy)


def test_half_a_backup_is_refused(copy):
    (copy / "manifest.json").unlink()
    with pytest.raises(Trouble, match="not a whole backup"):
        backup.check(copy)


def test_a_backup_is_open_to_its_owner_alone(kept):
    assert kept.stat().st_mode & 0o077 == 0


def test_a_refused_restore_touches_nothing_and_exits_with_1(site, copy):
    (copy / "manifest.json").unlink()
    before = site.ask("SELECT count(*) FROM notices_notice")
    done = site.manage("restore", copy, "--yes")
    assert (done.returncode, "not a whole backup" in done.stderr) == (1, True)
    assert site.ask("SELECT count(*) FROM notices_notice") == before


def test_where_nothing_was_started_no_empty_backup_is_made(tmp_path):
    named = {"DATABASE_URL", "DATABASE_OWNER_URL", "MEDIA_ROOT"}
    environment = {key: value for key, value in os.environ.items() if key not in named}
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", tmp_path / "kept"],
        cwd=ROOT,
        env=environment | {"FACTORY_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "nothing was backed up" in done.stderr) == (1, True)
    assert not (tmp_path / "kept").exists()
