"""Where one checkout keeps its things, so that two side by side never meet."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from factory.local.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("FACTORY_VAR", ROOT / "var"))


def make_folder(path):
    """Make a folder of ours where there is none; Trouble where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"The folder {path} cannot be made ({error.strerror}): let FACTORY_VAR name a folder "
            "in which you may write."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Trouble(f"You may not write in {path}: let FACTORY_VAR name another folder.")
    return path


def fingerprint(path):
    """Eight letters that stand for a folder; a socket's path has room for 107 bytes only."""
    return hashlib.sha256(str(Path(path).resolve()).encode()).hexdigest()[:8]


def socket_folder(path):
    """The short folder for the sockets of the data in `path`."""
    return Path(tempfile.gettempdir()) / f"factory-{os.getuid()}-{fingerprint(path)}"


def make_socket_folder(path):
    """Make it, open to us alone."""
    folder = socket_folder(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Trouble(f"{folder} belongs to somebody else: remove it, or set TMPDIR elsewhere.")
    return folder
