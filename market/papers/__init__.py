"""Papers of the market: the note for the buyer's file, and the confirmation of what was delivered."""

from market.papers.confirmation import confirmation
from market.papers.note import note_for_the_file

__all__ = ["confirmation", "note_for_the_file"]
