"""Input while a challenge is set up."""
