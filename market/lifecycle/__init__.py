"""How listings and matches live."""

from market.lifecycle import facts, listing, match, quoting, suggesting, words

__all__ = ["facts", "listing", "match", "quoting", "suggesting", "words"]
