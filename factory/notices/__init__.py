"""Who is told: inbox, mail outbox, delivery, preferences and digests."""
