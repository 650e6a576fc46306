"""How many listings stand behind every box of the board, in one query."""

from dataclasses import replace

from django.db import connection
from django.db.models import F

from market.filters import COLUMNS, on_the_board

FACETS = tuple(COLUMNS)
# The listings fall into some thousands of groups first; the sums per facet are then nearly free.
COUNTS = """WITH grouped AS (
    SELECT {columns}, count(*) AS n FROM ({found}) found GROUP BY {columns}
), marked AS (SELECT grouped.*, {marks} FROM grouped)
SELECT grouping({columns}), {columns}, {sums}
FROM marked GROUP BY GROUPING SETS ({sets}, ())"""


def counted(asked, options):
    """``(total, {facet: [(option, n, ticked)]})``; n leaves the facet's own boxes aside.

    Options without a listing fall away, unless they are ticked.
    """
    found = dict.fromkeys(FACETS)
    total, numbers = 0, {facet: {} for facet in FACETS}
    for row in _rows(asked):
        facet = _facet(row[0])
        if facet is None:
            total = row[-1] or 0
        else:
            place = FACETS.index(facet)
            numbers[facet][row[1 + place]] = row[1 + len(FACETS) + place] or 0
    for facet, choices in options.items():
        rows = ((o, numbers[facet].get(o.key, 0), o in asked.ticked[facet]) for o in choices)
        found[facet] = [row for row in rows if row[1] or row[2]]
    return total, found


def counted_or_similar(asked, options):
    """As :func:`counted`; if no listing holds the words, those whose titles resemble them."""
    total, found = counted(asked, options)
    if total or not asked.words:
        return asked, total, found
    resembling = replace(asked, similar=True)
    return resembling, *counted(resembling, options)


def _facet(grouping):
    """The facet a row is grouped by: its bit is the only one that is off; None for the total."""
    bits = 2 ** len(FACETS) - 1 - grouping
    return FACETS[len(FACETS) - bits.bit_length()] if bits else None


def _rows(asked):
    values = {f"the_{facet}": F(COLUMNS[facet]) for facet in FACETS}
    listings = asked.worded(on_the_board()).order_by()
    sql, found = listings.annotate(**values).values(*values).query.sql_with_params()
    marks, ticked = zip(*(_mark(facet, asked) for facet in FACETS), strict=True)
    statement = COUNTS.format(
        columns=", ".join(values),
        found=sql,
        marks=", ".join(marks),
        sums=", ".join([*(_sum(facet) for facet in FACETS), _sum(None)]),
        sets=", ".join(f"({value})" for value in values),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*found, *(keys for keys in ticked if keys is not None)])
        return cursor.fetchall()


def _mark(facet, asked):
    """Whether a group answers to the boxes of this facet; and the keys, or None if no box is ticked."""
    if not asked.ticked[facet]:
        return f"TRUE AS in_{facet}", None
    return f"the_{facet} = ANY(%s) AS in_{facet}", asked.keys(facet)


def _sum(left_aside):
    others = " AND ".join(f"in_{facet}" for facet in FACETS if facet != left_aside)
    return f"(sum(n) FILTER (WHERE {others}))::bigint"
