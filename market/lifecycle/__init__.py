"""How listings and matches live."""

from market.lifecycle import (
    asking_again,
    by_phone,
    facts,
    learning,
    leaving,
    listing,
    match,
    merging,
    quoting,
    read_by,
    recommending,
    suggesting,
    themes,
    unsaid,
    words,
    worth,
)

__all__ = [
    "asking_again",
    "by_phone",
    "facts",
    "learning",
    "leaving",
    "listing",
    "match",
    "merging",
    "quoting",
    "read_by",
    "recommending",
    "suggesting",
    "themes",
    "unsaid",
    "words",
    "worth",
]
