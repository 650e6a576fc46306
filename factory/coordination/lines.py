"""The rows of a table of figures, of which only those that somebody looks at are fetched and made."""


class Lines:
    """``found``: a list or a query; ``made`` gives the row of one of them, a tuple of cells."""

    def __init__(self, found, made=tuple):
        self.found, self.made = found, made

    def __iter__(self):
        return map(self.made, self.found)

    def first(self, most):
        """The first rows, and how many more there are; those are counted only where there are any."""
        some = list(self.found[: most + 1])
        left = self._how_many() - most if len(some) > most else 0
        return [self.made(one) for one in some[:most]], left

    def _how_many(self):
        return len(self.found) if isinstance(self.found, list) else self.found.count()
