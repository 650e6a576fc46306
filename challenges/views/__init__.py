"""The pages of the challenges."""
