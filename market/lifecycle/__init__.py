"""How listings and matches live."""

from market.lifecycle import listing, match, suggesting, words

__all__ = ["facts", "listing", "match", "suggesting", "words"]
