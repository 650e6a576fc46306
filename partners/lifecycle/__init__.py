"""How organisations live in the registry."""

from partners.lifecycle.organisation import (
    activate,
    admit,
    apply,
    ask_more,
    ask_to_join,
    check,
    coordinators,
    leave,
    moves,
    owners,
    reinstate,
    revise,
    set_limit,
    suspend,
    take_back,
    turn_down,
)

__all__ = [
    "activate",
    "admit",
    "apply",
    "ask_more",
    "ask_to_join",
    "check",
    "coordinators",
    "leave",
    "moves",
    "owners",
    "reinstate",
    "revise",
    "set_limit",
    "suspend",
    "take_back",
    "turn_down",
]
