"""How many listings stand behind every box of the board, in one query."""

from dataclasses import dataclass, replace

from django.db import connection

from factory.lists import boxes, column
from market.board import COLUMNS, found, inside
from partners.models import Sector
from partners.nearby import NOWHERE

FACETS = tuple(COLUMNS)
KEYS = [column(path) for path in COLUMNS.values()]
# Words that stand in very many listings: the first so many are counted, and the page says "at least".
MOST_COUNTED = 20_000
MOST_SAID = 10_001  # more is said as "more than 10 000"
# The listings fall into some thousands of groups first; the sums per facet are then nearly free.
COUNTS = """WITH grouped AS (
    SELECT {columns}, count(*) AS n FROM ({found}) found GROUP BY {columns}
), marked AS (SELECT grouped.*, {marks} FROM grouped)
SELECT grouping({columns}), {columns}, {sums}, sum(n)::bigint, {total}
FROM marked GROUP BY GROUPING SETS ({sets}, ())"""
# Words are looked for once; only where not all were counted, the boxes' own number is looked for apart.
TOTAL = """CASE WHEN sum(n) >= {most} THEN (SELECT count(*) FROM ({rows}) counted)
    ELSE (sum(n) FILTER (WHERE {inside}))::bigint END"""

ANSWERING = "SELECT 1 FROM ({found}) worded WHERE {boxes} LIMIT {most}"


@dataclass(frozen=True)
class Counted:
    """``total``: how many answer to everything asked, at most ``MOST_SAID`` if there are words.

    ``facets``: ``{facet: [(option, n, ticked)]}``, where n leaves the facet's own boxes aside.
    ``holding``: how many hold the words, whatever boxes are ticked; at most ``MOST_COUNTED``.
    ``at_least``: the numbers behind the boxes are of the first ``MOST_COUNTED`` listings.
    """

    total: int
    holding: int
    facets: dict
    at_least: bool


def counted(asked, options):
    """Options without a listing fall away, unless they are ticked or not everything was counted."""
    rows = _rows(asked)
    numbers = {facet: {} for facet in FACETS}
    for row in rows:
        if facet := _facet(row[0]):
            place = FACETS.index(facet)
            numbers[facet][row[1 + place]] = row[1 + len(FACETS) + place] or 0
    whole = next(row for row in rows if _facet(row[0]) is None)
    holding = whole[-2] or 0
    at_least = bool(asked.words) and holding >= MOST_COUNTED
    total = whole[-1] if asked.words else whole[-3]
    found = boxes(options, numbers, asked.ticked, all_of_them=at_least)
    return Counted(total or 0, holding, found, at_least)


def counted_or_similar(asked, options):
    """What was asked and its counts; if no listing holds the words, of titles and sectors that resemble them."""
    found = counted(asked, options)
    if found.holding or not asked.words or _held_elsewhere(asked):
        return asked, found
    sectors = tuple(Sector.objects.resembling(asked.words))
    resembling = replace(asked, similar=True, sectors=sectors)
    return resembling, counted(resembling, options)


def _held_elsewhere(asked):
    """Whether the words stand in a listing that does not reach the place: then they are no typing mistake."""
    if not asked.around and asked.fitting is None:
        return False
    sql, words = found(replace(asked, around=NOWHERE, fitting=None))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({sql})", words)
        return cursor.fetchone()[0]


def _facet(grouping):
    """The facet a row is grouped by: its bit is the only one that is off; None for the total."""
    bits = 2 ** len(FACETS) - 1 - grouping
    return FACETS[len(FACETS) - bits.bit_length()] if bits else None


def _rows(asked):
    sql, words = found(asked)
    total, all_of_it = _total(asked, sql, words)
    marks, ticked = zip(*(_mark(facet, asked) for facet in FACETS), strict=True)
    statement = COUNTS.format(
        columns=", ".join(KEYS),
        found=f"{sql} LIMIT {MOST_COUNTED}" if asked.words else sql,
        marks=", ".join(marks),
        sums=", ".join([*(_sum(facet) for facet in FACETS), _sum(None)]),
        total=total,
        sets=", ".join(f"({key})" for key in KEYS),
    )
    keys = [keys for keys in ticked if keys is not None]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*words, *keys, *all_of_it])
        return cursor.fetchall()


def _total(asked, sql, words):
    if not asked.words:
        return "0", ()
    ticked, keys = inside(asked)
    marked = " AND ".join(f"in_{facet}" for facet in FACETS)
    rows = ANSWERING.format(found=sql, boxes=ticked, most=MOST_SAID)
    return TOTAL.format(rows=rows, most=MOST_COUNTED, inside=marked), [*words, *keys]


def _mark(facet, asked):
    """Whether a group answers to the boxes of this facet; and the keys, or None if no box is ticked."""
    if not asked.ticked[facet]:
        return f"TRUE AS in_{facet}", None
    return f"{column(COLUMNS[facet])} = ANY(%s) AS in_{facet}", asked.keys(facet)


def _sum(left_aside):
    others = " AND ".join(f"in_{facet}" for facet in FACETS if facet != left_aside)
    return f"(sum(n) FILTER (WHERE {others}))::bigint"
