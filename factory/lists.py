"""Long lists with words to look for and boxes to tick: what the board and the directory have in common.

Both are read with SQL that is made once: the gate's own query stands inside, and words, boxes and order round it.
"""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.http import urlencode

A_PAGE = 20
MOST_ROWS = (
    1000  # further on nobody reads; the boxes bring one there sooner, and every page stays as fast
)
MOST_WORDS = 8
LONGEST = 200  # characters of a question
ORDER = [
    "you",
    "q",
    "place",
    "km",
    "kind",
    "sector",
    "by",
    "province",
    "municipality",
    "theme",
    "credential",
    "sort",
    "page",
]
USUAL = [("page", "1"), ("km", "10")]  # what an address says by saying nothing


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


def page_of(rows, address, total=None, name="page"):
    """The page of ``rows`` that an address (a QueryDict) asks for; ``total`` if it is known already."""
    pages = Paginator(rows, A_PAGE)
    if total is not None:
        pages.count = total
    return pages.get_page(address.get(name))


def words_of(text):
    """The words of a text in small letters, each once, at most ``MOST_WORDS``."""
    return list(dict.fromkeys(re.findall(r"\w{2,}", text.lower())))[:MOST_WORDS]


def column(path):
    """The name that a column of the gate's query has in ours."""
    return f"the_{path}"


def gate_in_sql(rows, paths):
    """``(sql, parameters)`` of these rows with a column for each of the paths."""
    columns = {column(path): F(path) for path in paths}
    return rows.order_by().values(**columns).query.sql_with_params()


def part_of_a_word(word):
    """The pattern that finds a word inside another, as lunch in vergaderlunch."""
    return f"%{connection.ops.prep_for_like_query(word)}%"


class Rows:
    """The rows of a list; a slice of them is looked up when it is asked for.

    ``statement`` gives the SQL of all of them and its parameters, ``row`` makes one of what comes.
    """

    ordered = True

    def __init__(self, statement, row):
        self.statement, self.row = statement, row

    def __getitem__(self, part):
        if part.stop <= part.start:
            return []
        sql, parameters = self.statement()
        with connection.cursor() as cursor:
            cursor.execute(
                f"{sql} LIMIT %s OFFSET %s", [*parameters, part.stop - part.start, part.start]
            )
            return [self.row(*found) for found in cursor.fetchall()]


def boxes(options, numbers, ticked, all_of_them=False):
    """``{facet: [(option, n, ticked)]}``; an option with nothing behind it falls away unless it is ticked."""
    found = {}
    for facet, choices in options.items():
        rows = ((o, numbers[facet].get(o.key, 0), o in ticked[facet]) for o in choices)
        found[facet] = [row for row in rows if all_of_them or row[1] or row[2]]
    return found


def asked_in(address, options):
    """``(text, {facet: [Option]})`` of an address (a QueryDict); what it does not know it leaves aside."""
    ticked = {
        facet: [option for option in choices if option.value in address.getlist(facet)]
        for facet, choices in options.items()
    }
    return address.get("q", "").strip()[:LONGEST], ticked


def sort_in(address, sorts):
    """The order asked for if it is one of these, else the first of them."""
    return address["sort"] if address.get("sort") in sorts else sorts[0]


def orders(address, wanted, sorts):
    """Every order one can choose: ``[{"label", "url", "on"}]``; the usual one needs no words in the address."""
    rows = []
    for name, label in sorts.items():
        other = address.copy()
        other["sort"] = "" if name == next(iter(sorts)) else name
        other.pop("page", None)
        rows.append({"label": label, "url": tidy(other), "on": name == wanted.sort})
    return rows


def chosen(address, wanted, more=()):
    """Every box that is ticked, the words and the place, each with the address without it.

    ``more``: (name, value, words) of what else was asked.
    """
    picks = [*more]
    picks += [
        (facet, option.value, option.label) for facet, on in wanted.ticked.items() for option in on
    ]
    picks += [("q", address.get("q"), f"“{wanted.text}”")] if wanted.text else []
    picks += [("place", address.get("place"), wanted.around.words)] if wanted.around else []
    return [{"label": label, "url": without(address, name, value)} for name, value, label in picks]


def without(address, name, value):
    """The address of the list without one thing that was asked; from its first page."""
    rest = address.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    rest.pop("page", None)
    return tidy(rest)


def toggled(address, name, value):
    """The address with a box the other way round."""
    if value in address.getlist(name):
        return without(address, name, value)
    more = address.copy()
    more.appendlist(name, value)
    more.pop("page", None)
    return tidy(more)


def tidy(address):
    """The query of an address in a fixed order, without what says nothing."""
    pairs = {(key, value) for key in address for value in address.getlist(key) if value.strip()}
    if not address.get("place", "").strip():
        pairs = {pair for pair in pairs if pair[0] != "km"}
    for key, value in USUAL:
        pairs.discard((key, value))
    query = urlencode(sorted(pairs, key=lambda pair: (_place_in_order(pair[0]), pair)))
    return f"?{query}"


def _place_in_order(key):
    return ORDER.index(key) if key in ORDER else len(ORDER)


def tidied(request):
    """A form without scripts sends its empty fields along: on to the address without them, if so.

    None if there are none.
    """
    said_nothing = any(not value.strip() for _key, value in pairs_of(request.GET))
    if not said_nothing or request.headers.get("HX-Request"):
        return None
    return HttpResponseRedirect(request.path + tidy(request.GET).removesuffix("?"))


def pairs_of(address):
    """Every (key, value) of a QueryDict."""
    return [(key, value) for key, values in address.lists() for value in values]


def live(request, answer):
    """The answer, and to htmx the address that belongs in the browser's bar."""
    if request.headers.get("HX-Request"):
        answer["HX-Push-Url"] = request.path + tidy(request.GET).removesuffix("?")
    return answer
