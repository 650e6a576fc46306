"""Which days are holidays, by the rows of :class:`Holiday`.

The rows change once in some years, and are asked for on many pages. So a process reads them once and keeps
them: a new row counts at once where it is written in the admin, and everywhere within a day.
"""

import time
from functools import lru_cache

from factory.knowledge.models import Holiday

KEPT = 24 * 60 * 60  # seconds
TERMS, OFFICES = "ends_no_term", "closes_offices"


class Known:
    """The rows as this process read them last."""

    def __init__(self):
        self.rows, self.read_at = (), 0.0

    def now(self):
        """All rows."""
        moment = time.monotonic()
        if not self.rows or moment - self.read_at > KEPT:
            self.rows, self.read_at = tuple(Holiday.objects.all()), moment
            in_year.cache_clear()
        return self.rows

    def forget(self):
        """Read them again when they are asked for."""
        self.rows = ()


known = Known()


def holidays(year, what):
    """The dates of a year that count for ``what``: TERMS or OFFICES."""
    known.now()
    return in_year(year, what)


@lru_cache(maxsize=256)
def in_year(year, what):
    days = (row.in_year(year) for row in known.rows if getattr(row, what))
    return frozenset(day for day in days if day)
