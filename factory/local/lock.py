"""One run per checkout. The lock is held as long as any server that inherited it still lives."""

import fcntl
import json
import os

from factory.local.places import make_folder
from factory.local.process import wait_until
from factory.local.trouble import Trouble


class Lock:
    """A lock on a folder; the file says who holds it. Keep the object: the lock goes with it."""

    def __init__(self, folder):
        self.path = folder / "running"

    def take(self):
        """Hold it, waiting for servers of a killed run to end; Trouble when a run is alive."""
        make_folder(self.path.parent)
        self.file = self.path.open("a+")
        if not self._try() and (self._refuse() or not wait_until(self._try, seconds=40)):
            raise Trouble("An earlier run here has not stopped yet: try again in a minute.")
        return self.tell()

    def tell(self, **about):
        """Write who holds it, for whoever comes next."""
        self.file.seek(0)
        self.file.truncate()
        json.dump({"process": os.getpid(), **about}, self.file)
        self.file.flush()
        return self

    def fileno(self):
        """For a server that must hold it, too."""
        return self.file.fileno()

    def _try(self):
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _refuse(self):
        """Trouble when the process that wrote the file is still there."""
        holder = json.loads(self.path.read_text() or "{}")
        if alive(holder.get("process")):
            where = f" at {holder['url']}" if "url" in holder else ""
            raise Trouble(
                f"It already runs here{where} (process {holder['process']}): stop that one first."
            )


def alive(pid):
    """Whether a process with this id is there."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, TypeError):
        return False
    except PermissionError:
        return True
    return True
