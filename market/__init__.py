"""The Social Impact Market: needs meet offers, and value is counted."""
