"""What a long command says while it works: at least a line each ten seconds, in the words people use."""

import os
import sys
import threading
import time
from contextvars import ContextVar

EVERY = 10  # seconds
BEGAN = "FACTORY_BEGAN"  # when the command began that this one is a stage of

_going = ContextVar("going", default=None)


class Progress:
    """Inside the block a line each ten seconds says what is going on: ``now``, and the last note about it."""

    def __init__(self, say, every=EVERY):
        self.say, self.every = say, every
        self.now, self.noted = "", ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self):
        self._mark = _going.set(self)
        self._thread.start()
        return self

    def __exit__(self, *error):
        _going.reset(self._mark)
        self._over.set()
        self._thread.join()

    def begin(self, words):
        """From here on this is going on."""
        self.now, self.noted = words, ""

    def _tell(self):
        while not self._over.wait(self.every):
            self.say(" ... ".join(filter(None, [self.now, self.noted])))


def note(words):
    """How far it is, for the command that shows its progress; nothing where none does."""
    if going := _going.get():
        going.noted = words


def stamped(words, began):
    """A line with the seconds since the beginning before it."""
    return f"[{time.monotonic() - began:5.1f} s] {words}"


def teller(out=None):
    """A function that writes such lines at once; it counts from where the first command began."""
    out, began = out or sys.stdout, float(os.environ.get(BEGAN) or time.monotonic())

    def say(words):
        out.write(f"{stamped(words, began)}\n")
        out.flush()

    return say
