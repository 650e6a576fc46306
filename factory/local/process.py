"""Child processes that stop with the one that started them, even when that one is killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")


# Said to a kernel that is to send a signal when we go; had we gone before it was said, it would never come.
UNLESS_WE_ARE_GONE = ["sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"']


def dying_with_us(name):
    """The words before a command that make Linux send it SIG`name` when we are gone."""
    if sys.platform == "linux" and shutil.which("setpriv"):
        return ["setpriv", "--pdeathsig", name, *UNLESS_WE_ARE_GONE, str(os.getpid())]
    return []


class Children:
    """Started in order, stopped in the reverse order."""

    def __init__(self):
        self.running = {}  # name: (process, the number of the signal that stops it)
        self._guard = None

    def start(self, name, command, *, stop_by="TERM", wrap=(), **how):
        """Start a command in a session of its own, so that Ctrl-C reaches only us."""
        words = [str(word) for word in (*wrap, *dying_with_us(stop_by), *command)]
        process = subprocess.Popen(words, start_new_session=True, stdin=subprocess.DEVNULL, **how)
        self.running[name] = process, getattr(signal, f"SIG{stop_by}")
        if not dying_with_us(stop_by):
            self._watch(process.pid)
        return process

    def ended(self):
        """The names of those that are no longer there."""
        return [name for name, (process, _) in self.running.items() if process.poll() is not None]

    def stop(self, *, patience=10):
        """Ask the last started first; kill what does not listen within `patience` seconds."""
        while self.running:
            _name, (process, number) = self.running.popitem()
            stop(process, number, patience)
        if self._guard:
            self._guard.stdin.close()
            self._guard.wait()
            self._guard = None

    def _watch(self, pid):
        """Where the kernel cannot do it (macOS), a guard waits for our end of a pipe to close."""
        if self._guard is None:
            self._guard = subprocess.Popen(
                [sys.executable, "-S", GUARD], stdin=subprocess.PIPE, start_new_session=True
            )
        self._guard.stdin.write(f"{pid}\n".encode())
        self._guard.stdin.flush()


def stop(process, number=signal.SIGTERM, patience=10):
    """End one process and whatever it started; a process already gone is fine."""
    if process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready, *, seconds, pause=0.05):
    """Ask until the answer is true; False when the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        time.sleep(pause)
    return False
