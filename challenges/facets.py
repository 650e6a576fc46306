"""How many challenges stand behind every box of the board, in one query."""

from dataclasses import replace

from django.db import connection

from challenges.board import COLUMNS, TABLES, found, narrowed, within
from challenges.filters import ALL
from factory.lists import boxes, column

COUNTS = """WITH marked AS (SELECT the_pk, {columns}, {marks} FROM ({found}) found)
{counts} UNION ALL SELECT 'shown', NULL, count(*) FROM marked WHERE {all}
UNION ALL SELECT 'holding', NULL, count(*) FROM marked"""
OF_A_COLUMN = "SELECT '{facet}', {key}::text, count(*) FROM marked WHERE {others} GROUP BY 2"
OF_A_TABLE = """SELECT '{facet}', tagged.{key}::text, count(*) FROM marked
    JOIN {table} tagged ON tagged.challenge_id = the_pk WHERE {others} GROUP BY 2"""


def counted(asked, options):
    """``(total, {facet: [(option, n, ticked)]}, holding)``: n leaves the facet's own boxes aside, ``holding``
    is how many hold the words whatever is ticked. Options without a challenge fall away, unless ticked.
    """
    said = {facet: {str(o.key): o.key for o in choices} for facet, choices in options.items()}
    sums, numbers = {}, {facet: {} for facet in options}
    for facet, key, n in _rows(asked, list(options)):
        if facet in sums or facet not in numbers:
            sums[facet] = n
        elif key in said[facet]:
            numbers[facet][said[facet][key]] = n
    numbers["state"][ALL] = sum(numbers["state"].values())
    return sums["shown"], boxes(options, numbers, asked.ticked), sums["holding"]


def counted_or_similar(asked, options):
    """What was asked, and its counts; if nothing holds the words, of what resembles them."""
    total, numbers, holding = counted(asked, options)
    if holding or not asked.words:
        return asked, total, numbers
    resembling = replace(asked, similar=True)
    return resembling, *counted(resembling, options)[:2]


def _rows(asked, facets):
    sql, parameters = found(asked)
    on = narrowed(asked)
    marks = [f"{within(f)} AS in_{f}" if f in on else f"TRUE AS in_{f}" for f in facets]
    statement = COUNTS.format(
        columns=", ".join(column(path) for path in COLUMNS.values()),
        marks=", ".join(marks),
        found=sql,
        counts=" UNION ALL ".join(_count(facet, facets) for facet in facets),
        all=_in_all(facets),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [*(asked.keys(facet) for facet in facets if facet in on), *parameters]
        )
        return cursor.fetchall()


def _count(facet, facets):
    others = _in_all([other for other in facets if other != facet])
    if facet in COLUMNS:
        return OF_A_COLUMN.format(facet=facet, key=column(COLUMNS[facet]), others=others)
    table, key = TABLES[facet]
    return OF_A_TABLE.format(facet=facet, table=table, key=key, others=others)


def _in_all(facets):
    return " AND ".join(f"in_{facet}" for facet in facets)
