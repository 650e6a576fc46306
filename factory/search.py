"""Search over the whole site: what an app's section needs to find its best, and the page of all of them.

An app finds in what everybody may see, as its own list does, so that "all of them" leads to a list that says the same.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.shortcuts import render

from factory.contributions import gather
from factory.lists import LONGEST, column, part_of_a_word, words_of

SHOWN = 5  # of each section
SHORTEST_PART = 4  # of a name: "brood" is found in "Broodnodig", "in" is not in "Binnen"
MOST_SAID = 10_001  # more is said as "more than 10 000"
# What resembles the words is looked for only if nothing holds them.
BEST = """WITH exact AS MATERIALIZED ({exact} LIMIT {most}),
close AS (SELECT * FROM ({close}) near WHERE NOT EXISTS (SELECT FROM exact) LIMIT {most})
SELECT count(*) OVER (), FALSE, {columns}, {rank} AS rank FROM exact
UNION ALL SELECT count(*) OVER (), TRUE, {columns}, {likeness} FROM close
ORDER BY rank DESC, the_pk DESC LIMIT {shown}"""


@dataclass(frozen=True)
class Hit:
    """One thing that was found. ``notes``: what is said of it under its title."""

    title: str
    url: str
    notes: tuple = ()
    language: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Section:
    """What was found of one kind. ``all_of_them``: words and address of the list, or nothing.

    ``total`` is at most ``MOST_SAID``; ``similar``: nothing holds the words, these come close.
    """

    key: str
    title: str
    total: int
    similar: bool
    hits: list
    all_of_them: tuple = ()

    def __bool__(self):
        return self.total > 0

    @property
    def more(self):
        """The list of all of them, if there are more than stand here."""
        return self.all_of_them if self.total > len(self.hits) else ()


@dataclass(frozen=True)
class Ranked:
    """SQL of a rank (the higher the better) and its parameters."""

    sql: str
    parameters: tuple

    @classmethod
    def by_words(cls, said, part, words):
        """By what ``said`` gives for any of the words in two languages; a ``part`` of a name counts for more."""
        either = " | ".join(words)
        parts = [part_of_a_word(word) for word in words if len(word) >= SHORTEST_PART]
        sql = " + ".join([said, *[f"({part})::int * 0.5"] * len(parts)])
        return cls(sql, (either, either, *parts))


def best(exact, close, columns, rank, likeness):
    """``(total, similar, [values of the columns])`` of the best that hold the words, else of those that come close.

    ``exact`` and ``close``: (sql, parameters) with a column for each path in ``columns`` (pk among them), which are
    ordered by ``rank`` and by ``likeness``.
    """
    statement = BEST.format(
        exact=exact[0],
        close=close[0],
        columns=", ".join(map(column, columns)),
        rank=rank.sql,
        likeness=likeness.sql,
        most=MOST_SAID,
        shown=SHOWN,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*exact[1], *close[1], *rank.parameters, *likeness.parameters])
        rows = cursor.fetchall()
    total, similar = rows[0][:2] if rows else (0, False)
    return total, similar, [row[2:-1] for row in rows]


def asking(address, text, **more):
    """The address of a list that is asked for these words."""
    return f"{address}?{urlencode({'q': text, **more})}"


def search(request):
    """``?q=`` holds the words; each app adds a section of what it found for them."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    sections = []
    if words_of(text):
        found = [section for tell in gather("search_sections") for section in tell(text)]
        sections = sorted(filter(None, found), key=lambda section: section.similar)
    context = {
        "site_text": text,
        "too_short": bool(text) and not words_of(text),
        "sections": sections,
        "total": sum(section.total for section in sections),
        "similar": bool(sections) and all(section.similar for section in sections),
    }
    return render(request, "search.html", context)
