"""Makes .venv from the pinned requirements: `python3 factory/local/install.py base` (or dev).

Runs before anything is installed, so it needs Python's own library only.
"""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PINS = ROOT / "requirements"
QUIET = {
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_NO_PROGRESS": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


class Stop(Exception):
    """The sentence for the person at the keyboard."""


def run(*command):
    """True when it went well; its last words are kept for the sentence."""
    done = subprocess.run(
        [str(word) for word in command], env={**os.environ, **QUIET}, capture_output=True, text=True
    )
    if "No space left on device" in done.stderr:
        raise Stop(f"The disk that holds {ROOT} is full: make about 1 GB free and try again.")
    run.said = (done.stderr.strip().splitlines() or ["no reason was given"])[-1].strip()
    return done.returncode == 0


def check_machine():
    """Stop with a sentence where the platform cannot run: an older Python, or a Linux without glibc."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        raise Stop(
            f"Python 3.11 or newer is needed and this is {found}: name one, as in "
            "make up PYTHON=python3.12."
        )
    if sys.platform == "linux" and platform.libc_ver()[0] != "glibc":
        raise Stop(
            "This Linux has no glibc, so the PostgreSQL wheel does not run: use Debian or Docker."
        )


def make_venv():
    """An empty environment; by uv where it is found, else by Python's own module."""
    if (VENV / "bin/python").exists():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("uv") and run("uv", "venv", "-q", "--python", sys.executable, VENV):
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop(
            "Python's venv module is missing: install it (on Debian and Ubuntu: "
            "apt install python3-venv) and try again."
        )
    if not run(sys.executable, "-m", "venv", VENV):
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(f"The environment {VENV} could not be made: {run.said}")


def uv():
    """The path of uv, put into the environment by pip when the machine has none."""
    own = VENV / "bin/uv"
    if found := shutil.which("uv") or (own.exists() and own):
        return found
    run(
        VENV / "bin/python", "-m", "pip", "install", "-q", "--require-hashes", "-r", PINS / "uv.txt"
    )
    return own if own.exists() else None


def install(pins):
    """By uv, which takes seconds; else by pip, which also knows this machine's own settings."""
    python = VENV / "bin/python"
    words = ["--require-hashes", "-r", pins]
    tool = uv()
    if tool and run(tool, "pip", "install", "-q", "--python", python, *words):
        return
    run(python, "-m", "ensurepip")
    if not run(python, "-m", "pip", "install", "-q", *words):
        raise Stop(
            f"The packages could not be installed; check the network and try again. ({run.said})"
        )


def stamp(pins):
    """The file that keeps the hash of the pins that were installed last."""
    return VENV / f"installed-{pins.stem}"


def main(name):
    """Do nothing when the environment already holds what the pins say."""
    check_machine()
    make_venv()
    if stamp(PINS / "dev.txt").exists():
        name = "dev"  # it holds everything of base
    pins = PINS / f"{name}.txt"
    fingerprint = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not stamp(pins).exists() or stamp(pins).read_text() != fingerprint:
        began = time.monotonic()
        print(f"Installing what requirements/{pins.name} names ...", flush=True)
        install(pins)
        stamp(pins).write_text(fingerprint)
        print(f"[{time.monotonic() - began:5.1f} s] It is installed", flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Stop as stop:
        sys.exit(str(stop))
    except OSError as error:
        sys.exit(f"The environment could not be made: {error.strerror} ({error.filename}).")
