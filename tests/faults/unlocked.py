"""The web without its two guards, for the negative controls: two requests meet past each check.

Served as ``tests.faults.unlocked``; the platform itself has no such switch.
"""

from threading import Barrier, BrokenBarrierError

from factory import moves
from factory.wsgi import application

__all__ = ["application"]

pair = Barrier(2)


def meet(*_anything):
    """Wait for the other one, then both go on."""
    try:
        pair.wait(5)
    except BrokenBarrierError:
        pair.reset()


moves.move.lock = meet
moves.move.once = meet
