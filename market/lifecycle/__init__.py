"""How listings and matches live."""

from market.lifecycle import listing, match, words

__all__ = ["listing", "match", "words"]
