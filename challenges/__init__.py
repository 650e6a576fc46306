"""Impact challenges: from a societal problem to an award that is adopted."""
