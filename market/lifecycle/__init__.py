"""How listings and matches live."""

from market.lifecycle import facts, listing, match, suggesting, words

__all__ = ["facts", "listing", "match", "suggesting", "words"]
