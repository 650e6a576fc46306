"""Keeping listings and partners in lists, with a note."""
