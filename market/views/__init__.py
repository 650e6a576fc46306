"""The market's pages."""
