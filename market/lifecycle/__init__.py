"""How listings and matches live."""

from market.lifecycle import (
    by_phone,
    facts,
    learning,
    listing,
    match,
    merging,
    quoting,
    read_by,
    recommending,
    suggesting,
    themes,
    words,
    worth,
)

__all__ = [
    "by_phone",
    "facts",
    "learning",
    "listing",
    "match",
    "merging",
    "quoting",
    "read_by",
    "recommending",
    "suggesting",
    "themes",
    "words",
    "worth",
]
