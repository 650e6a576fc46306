"""How what coordinators do for others lives: things noted for them, looks at their pages, lost second factors."""

from factory.coordination.lifecycle import lost_factor
from factory.coordination.lifecycle.on_behalf import (
    affirm,
    ask,
    deny,
    look,
    moves,
    moves_of_looks,
    settle,
)

__all__ = ["affirm", "ask", "deny", "look", "lost_factor", "moves", "moves_of_looks", "settle"]
