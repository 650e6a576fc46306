"""Long lists with words to look for and boxes to tick: what the board and the directory have in common."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property

A_PAGE = 20
MOST_ROWS = 1000  # further on nobody reads; the boxes bring one there sooner
MOST_WORDS = 8
LONGEST = 200  # characters of a question


@dataclass(frozen=True)
class Option:
    """One box: its value in the address, its key in the database, its words; a party has a shape too.

    ``keywords``: other words that people use for it.
    """

    value: str
    key: object
    label: str
    shape: str = ""
    keywords: tuple = ()


class Pages(Paginator):
    """Pages of a list whose length is already known."""

    def __init__(self, rows, total):
        super().__init__(rows, A_PAGE)
        self.total = total

    @cached_property
    def count(self):
        return min(self.total, MOST_ROWS)


def words_of(text):
    """The words of a text in small letters, each once, at most ``MOST_WORDS``."""
    return list(dict.fromkeys(re.findall(r"\w{2,}", text.lower())))[:MOST_WORDS]


def any_of(conditions):
    """One condition that holds where one of these does; everywhere if there are none."""
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def asked_in(address, options):
    """``(text, {facet: [Option]})`` of an address (a QueryDict); what it does not know it leaves aside."""
    ticked = {
        facet: [option for option in choices if option.value in address.getlist(facet)]
        for facet, choices in options.items()
    }
    return address.get("q", "").strip()[:LONGEST], ticked


def chosen(address, wanted):
    """Every box that is ticked and the words, each with the address without it."""
    picks = [
        (facet, option.value, option.label) for facet, on in wanted.ticked.items() for option in on
    ]
    picks += [("q", address.get("q"), f"“{wanted.text}”")] if wanted.text else []
    return [{"label": label, "url": _without(address, name, value)} for name, value, label in picks]


def _without(address, name, value):
    rest = address.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
