"""What a letter to an entrant says, and the letters about one decision before they are sent."""

from challenges.writing.drafting import addressed, drafts, paper_of, term_days, who_hears, worded

__all__ = ["addressed", "drafts", "paper_of", "term_days", "who_hears", "worded"]
