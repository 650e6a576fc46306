"""What saved searches find: each list says how it looks (``searched_lists`` in an app's ``apps.py``)."""

from dataclasses import dataclass

from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from factory.contributions import gather
from factory.lists import column, tidy

MOST_NEW = 200  # a turn; what comes above that is found the next time


@dataclass(frozen=True)
class Searched:
    """A list that can be searched: its ``words``, its address, and what of it is new.

    ``found(address, columns)``: (sql, parameters) of what answers to a QueryDict; ``since``: the column with the moment
    from which it stands there (``by_day``: only its day); ``titles(keys)``: ``{key: (title, url)}`` of
    those that everybody may still see.
    """

    kind: str
    words: str
    place: str
    since: str
    found: object
    titles: object
    by_day: bool = False

    @property
    def url(self):
        return reverse(self.place)

    def new(self, query, moment, known):
        """The keys of what stands there since ``moment`` and is not among the keys ``known``."""
        sql, parameters = self.found(QueryDict(query), ("pk", self.since))
        if self.by_day:
            moment = timezone.localdate(moment)
        fresh = f"{column(self.since)} {'>=' if self.by_day else '>'} %s AND NOT the_pk = ANY(%s)"
        statement = f"SELECT the_pk FROM ({sql}) there WHERE {fresh} ORDER BY 1 LIMIT {MOST_NEW}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, moment, list(known)])
            return [key for (key,) in cursor.fetchall()]


def searched_lists():
    """``{kind: Searched}`` of every app."""
    return {one.kind: one for tell in gather("searched_lists") for one in tell()}


def tidied(query):
    """What of a query names what one looks for: not the order and the page, nor who asks."""
    address = QueryDict(query, mutable=True)
    for name in ("page", "sort", "you"):
        address.pop(name, None)
    return tidy(address).removeprefix("?")
