"""The embedded PostgreSQL: who owns what, whose data are whose, and what goes wrong."""

import os
import shutil

import psycopg2
import pytest

from factory.local import postgres as module
from factory.local.places import make_socket_folder, socket_folder
from factory.local.postgres import NOBODYS_HOME, Postgres
from factory.local.trouble import Trouble


@pytest.fixture
def cluster(tmp_path):
    """A cluster of its own, gone afterwards."""
    made = []

    def make(name="one"):
        made.append(Postgres(tmp_path / name, durable=False))
        return made[-1]

    yield make
    for one in made:
        one.destroy()
        shutil.rmtree(socket_folder(one.folder), ignore_errors=True)
        if NOBODYS_HOME in one.data.parents:
            shutil.rmtree(one.data.parent)


def stub(folder, words, status=1):
    """A program that only says something."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / words[0]
    program.write_text(f"#!/bin/sh\necho '{words[1]}' >&2\nexit {status}\n")
    program.chmod(0o755)
    return folder


def test_the_application_owns_nothing_and_the_owner_is_no_superuser(cluster):
    one = cluster().start()
    owner = one.ask("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'factory'")
    assert owner == [("factory_owner",)]
    assert one.ask("SELECT rolname FROM pg_roles WHERE rolsuper") == [("postgres",)]


def test_the_extensions_are_there_for_the_application(cluster):
    one = cluster().start()
    found = one.ask("SELECT extname FROM pg_extension", name="factory", role="factory_app")
    assert {"pg_trgm", "unaccent", "btree_gist", "vector"} <= {name for (name,) in found}


def test_it_listens_on_no_network_port(cluster):
    assert cluster().start().ask("SHOW listen_addresses") == [("",)]


def test_a_second_start_finds_the_data_of_the_first(cluster):
    first = cluster().start()
    first.ask("CREATE TABLE kept ()", name="factory", role="factory_owner")
    first.stop()
    assert cluster().start().ask("SELECT * FROM kept", name="factory", role="factory_owner") == []


def test_two_folders_never_meet(cluster):
    one, two = cluster("one").start(), cluster("two").start()
    one.ask("CREATE TABLE mine ()", name="factory", role="factory_owner")
    assert one.sockets != two.sockets
    with pytest.raises(psycopg2.errors.UndefinedTable):
        two.ask("SELECT * FROM mine", name="factory", role="factory_owner")


def test_a_start_that_was_cut_short_is_made_whole(cluster):
    one = cluster()
    one.data.mkdir(parents=True)
    (one.data / "half").touch()
    assert one.start().answers()


def test_the_sockets_are_open_to_nobody_else(cluster):
    assert make_socket_folder(cluster().folder).stat().st_mode & 0o066 == 0


def test_without_user_namespaces_it_runs_all_the_same(cluster, tmp_path, monkeypatch):
    without = stub(tmp_path / "bin", ("unshare", "unshare failed: Operation not permitted"))
    monkeypatch.setenv("PATH", f"{without}:{os.environ['PATH']}")
    one = cluster().start()
    assert one.answers()
    assert one.wrap == (module.NOBODY if os.geteuid() == 0 else [])


def test_root_that_may_not_change_user_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for name in ("unshare", "setpriv"):
        stub(tmp_path, (name, "Operation not permitted"))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Trouble, match="run make as an ordinary user"):
        module.as_ordinary_user()


def test_a_user_without_a_name_runs_it_in_a_namespace_or_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 123_456)
    assert not module.has_name(123_456)
    monkeypatch.setenv("PATH", str(stub(tmp_path, ("unshare", "not permitted"))))
    with pytest.raises(Trouble, match="User 123456 has no name"):
        module.as_ordinary_user()
    (tmp_path / "unshare").write_text("#!/bin/sh\nexit 0\n")
    assert module.as_ordinary_user() == module.NAMESPACE


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("error while loading shared libraries: libicuuc.so.72: cannot open", "libicuuc.so.72"),
        ("could not write: No space left on device", "is full"),
    ],
)
def test_a_program_that_cannot_start_is_explained(tmp_path, monkeypatch, words, sentence):
    monkeypatch.setenv("PG_BIN", str(stub(tmp_path / "bin", ("postgres", words), 127)))
    with pytest.raises(Trouble, match=sentence):
        Postgres(tmp_path / "data").start()


def test_a_folder_without_postgresql_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(Trouble, match="cannot be run here"):
        Postgres(tmp_path / "data").start()


def test_a_postgresql_that_is_too_old_is_refused(tmp_path, monkeypatch):
    old = tmp_path / "bin"
    stub(old, ("postgres", ""), 0).joinpath("postgres").write_text(
        "#!/bin/sh\necho postgres 15.1\n"
    )
    monkeypatch.setenv("PG_BIN", str(old))
    with pytest.raises(Trouble, match="16 or newer"):
        Postgres(tmp_path / "data").start()


def test_data_of_another_version_are_left_alone(cluster):
    one = cluster()
    one.data.mkdir(parents=True)
    (one.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(Trouble, match="written by PostgreSQL 16"):
        one.start()
    assert (one.data / "PG_VERSION").exists()
