"""The environment is made by a script that runs before anything is installed."""

import os
import subprocess
import sys

import pytest

from factory.local import install
from factory.local.places import ROOT

SCRIPT = ROOT / "factory/local/install.py"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout whose requirements name nothing."""
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PINS", tmp_path)
    for name in ("base.txt", "dev.txt", "uv.txt"):
        (tmp_path / name).write_text("")
    return tmp_path


def program(folder, name, words, status=1):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{words}' >&2\nexit {status}\n")
    (folder / name).chmod(0o755)


def test_it_needs_nothing_that_is_not_in_python_itself():
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, "base"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_what_is_installed_is_not_installed_again(checkout, monkeypatch):
    calls = []
    monkeypatch.setattr(install, "install", calls.append)
    for _ in range(2):
        install.main("base")
    assert calls == [checkout / "base.txt"]


def test_changed_pins_are_installed(checkout, monkeypatch):
    calls = []
    monkeypatch.setattr(install, "install", calls.append)
    install.main("base")
    (checkout / "base.txt").write_text("# another\n")
    install.main("base")
    assert len(calls) == 2


def test_a_missing_venv_module_is_said_in_one_sentence(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no uv
    (checkout / "lib").mkdir()
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(install.Stop, match="venv module is missing: install it"):
        install.main("base")


def test_a_full_disk_is_said_in_one_sentence(checkout, monkeypatch):
    program(checkout / "bin", "uv", "error: No space left on device (os error 28)")
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(install.Stop, match="is full"):
        install.main("base")


def test_an_old_python_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    with pytest.raises(install.Stop, match=r"3\.11 or newer is needed and this is 3\.9"):
        install.check_machine()


def test_a_linux_without_glibc_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(install.sys, "platform", "linux")
    monkeypatch.setattr(install.platform, "libc_ver", lambda: ("", ""))
    with pytest.raises(install.Stop, match="no glibc"):
        install.check_machine()


def test_the_sentence_is_all_there_is_and_the_exit_is_1(tmp_path):
    script = tmp_path / "factory/local/install.py"
    script.parent.mkdir(parents=True)
    script.write_bytes(SCRIPT.read_bytes())
    (tmp_path / ".venv").write_text("a file in the way")
    done = subprocess.run([sys.executable, script, "base"], capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
