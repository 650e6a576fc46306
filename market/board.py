"""The board in SQL: what the gate lets everybody see, and of it what answers to the words and the boxes.

The gate's own query is put together once and stands inside; to put one together at every visit costs a
page more than PostgreSQL needs to look for the rows.
"""

from collections import namedtuple
from functools import cache

from django.db import connection
from django.db.models import F

from market.models import Listing

COLUMNS = {
    "kind": "kind",
    "sector": "sector_id",
    "by": "organisation__kind",
    "province": "province_id",
}
SHOWN = (
    "kind", "title", "slug", "language", "value_cents", "unit", "needed_by_date", "nationwide",
    "ask_me_first", "organisation__name", "organisation__kind", "region__name",
)  # fmt: skip
SEARCHED = ("title", "search_nl", "search_en")
NEWEST = ("live_at", "pk")
SHORTEST_PART = 4  # of a compound: "lunch" is found in "vergaderlunch", "bus" is not in "busy"

EITHER = "the_search_nl @@ to_tsquery('dutch', %s) OR the_search_en @@ to_tsquery('english', %s)"
PART = "upper(the_title) LIKE upper(%s)"
RESEMBLES = "upper(the_title) %%> upper(%s)"

FOUND = "SELECT * FROM ({seen}) seen WHERE {words}"
A_PAGE = """SELECT {columns} FROM ({found}) found WHERE {boxes}
ORDER BY the_live_at DESC, the_pk DESC LIMIT %s OFFSET %s"""

Row = namedtuple("Row", SHOWN)


def column(path):
    """The name in here of a column of the gate's query."""
    return f"the_{path}"


@cache
def seen_by_all(paths):
    """``(sql, parameters)`` of what a visitor may see, with a column for each of these paths."""
    columns = {column(path): F(path) for path in paths}
    return Listing.objects.public().order_by().values(**columns).query.sql_with_params()


def found(asked, *more):
    """``(sql, parameters)`` of the listings that hold the words, with the facets' columns and ``more``."""
    paths = dict.fromkeys((*COLUMNS.values(), *SEARCHED, *more))
    sql, parameters = seen_by_all(tuple(paths))
    where, words = _worded(asked)
    return FOUND.format(seen=sql, words=where), [*parameters, *words]


def inside(asked):
    """``(condition, parameters)`` of the boxes that are ticked."""
    facets = [facet for facet in COLUMNS if asked.ticked[facet]]
    boxes = " AND ".join(f"{column(COLUMNS[facet])} = ANY(%s)" for facet in facets)
    return boxes or "TRUE", [asked.keys(facet) for facet in facets]


def _worded(asked):
    """One of the words, in either language, or as a part of the title; or what resembles one of them."""
    if not asked.words:
        return "TRUE", []
    if asked.similar:
        conditions = [RESEMBLES] * len(asked.words) + ["the_sector_id = ANY(%s)"]
        return f"({' OR '.join(conditions)})", [*asked.words, list(asked.sectors)]
    either = " | ".join(asked.words)
    parts = [_part(word) for word in asked.words if len(word) >= SHORTEST_PART]
    return f"({' OR '.join([EITHER] + [PART] * len(parts))})", [either, either, *parts]


def _part(word):
    return f"%{connection.ops.prep_for_like_query(word)}%"


class Rows:
    """The rows of the board, the newest first; a slice of them is looked up when it is asked for."""

    ordered = True

    def __init__(self, asked):
        self.asked = asked

    def __getitem__(self, part):
        if part.stop <= part.start:
            return []
        sql, parameters = found(self.asked, *SHOWN, *NEWEST)
        boxes, keys = inside(self.asked)
        statement = A_PAGE.format(columns=", ".join(map(column, SHOWN)), found=sql, boxes=boxes)
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, *keys, part.stop - part.start, part.start])
            return [Row(*row) for row in cursor.fetchall()]
