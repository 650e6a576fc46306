"""The web without its two guards, for the negative controls: two requests meet past each check.

Served as ``tests.faults.unlocked``; the platform itself has no such switch.
"""

from importlib import import_module
from threading import Barrier, BrokenBarrierError

from factory.wsgi import application

__all__ = ["application"]

kernel = import_module("factory.moves.move")  # only now: Django was set up just above
pair = Barrier(2)


def meet(*_anything):
    """Wait for the other one, then both go on."""
    try:
        pair.wait(5)
    except BrokenBarrierError:
        pair.reset()


kernel.once = meet
kernel.lock = lambda thing: None
