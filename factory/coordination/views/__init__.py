"""The pages of what coordinators do for others."""
