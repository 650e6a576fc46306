"""What goes wrong is said in one plain sentence."""

import os
import re
import subprocess
import sys

import pytest

from factory.local.ground import Ground
from factory.local.places import ROOT
from factory.local.trouble import ENOUGH, MB, TO_GO_ON, Trouble, explain, refuse_a_full_disk


def up(**environment):
    """What `manage.py up` says with these settings, where it cannot start."""
    command = [sys.executable, "manage.py", "up", "--port", "0", "--without-demo"]
    how = {"cwd": ROOT, "env": os.environ | environment, "capture_output": True, "text": True}
    return subprocess.run(command, timeout=100, **how)


def test_a_full_disk_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Trouble, match=r"is full: \d+ MB is free and about \d+ MB is needed"):
        refuse_a_full_disk(tmp_path, needed=10**18)


def test_a_disk_with_room_is_fine(tmp_path):
    refuse_a_full_disk(tmp_path, needed=1)


def test_a_second_start_needs_less_room_than_the_first(tmp_path):
    ground = Ground(tmp_path, environ={})
    assert ground.room() == ENOUGH
    ground.postgres.data.mkdir(parents=True)
    (ground.postgres.data / "PG_VERSION").write_text("17")
    assert ground.room() == TO_GO_ON < 100 * MB


@pytest.mark.parametrize("path", ["/proc/nope", "/dev/null/inside"])
def test_a_folder_that_cannot_be_made_is_one_sentence_and_exit_1(path):
    done = up(FACTORY_VAR=path)
    assert done.returncode == 1
    assert re.fullmatch(rf"The folder {path} cannot be made .*FACTORY_VAR.*\n", done.stderr)


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(tmp_path):
    url = "postgres://somebody:hush@127.0.0.1:1/factory"
    done = up(FACTORY_VAR=str(tmp_path), DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("The database of DATABASE_URL does not answer (")
    assert "hush" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) == 1


def test_the_missing_library_is_named(tmp_path):
    words = "redis: error while loading shared libraries: libssl.so.3: cannot open shared object"
    assert "needs the library libssl.so.3" in str(explain("Redis", words, tmp_path))


@pytest.mark.parametrize(("words", "said"), [("one\ntwo\n", "two"), ("", "it said nothing")])
def test_else_the_last_line_is_repeated(tmp_path, words, said):
    assert str(explain("Redis", words, tmp_path)) == f"Redis did not start: {said}"
