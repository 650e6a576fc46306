"""How many organisations stand behind every box of the directory, in one query.

Above ``MANY`` organisations the numbers may be a minute old: to count them takes a third of a second by then, and
nobody reads whether a box holds 12 345 or 12 346.
"""

from dataclasses import replace

from django.db import connection

from factory.lately import Lately
from factory.lists import boxes, column
from partners.directory import COLUMNS, found, table_of, within
from partners.models import Sector
from partners.nearby import NOWHERE

MANY = 10_000
LATELY = Lately(seconds=60, most=500)
# The organisations fall into some hundreds of groups first; the sums per column are then nearly free.
COUNTS = """WITH marked AS {kept} (SELECT the_pk, {columns}, {marks} FROM ({found}) found),
grouped AS (SELECT {columns}, {names}, count(*) AS n FROM marked GROUP BY {columns}, {names})
{counts} UNION ALL SELECT '', NULL, sum(n) FROM grouped WHERE {all}"""
OF_A_COLUMN = "SELECT '{facet}', {key}::text, sum(n) FROM grouped WHERE {others} GROUP BY 2"
OF_A_TABLE = """SELECT '{facet}', tagged.{key}::text, count(*) FROM marked
    JOIN {table} tagged ON tagged.organisation_id = the_pk WHERE {others} GROUP BY 2"""


def counted(asked, options):
    """``(total, {facet: [(option, n, ticked)]})``; n leaves the facet's own boxes aside.

    Options without an organisation fall away, unless they are ticked.
    """
    said = {facet: {str(o.key): o.key for o in choices} for facet, choices in options.items()}
    total, numbers = 0, {facet: {} for facet in options}
    for facet, key, n in _rows(asked, [facet for facet in options if options[facet]]):
        if not facet:
            total = int(n or 0)
        elif key in said[facet]:
            numbers[facet][said[facet][key]] = int(n)
    return total, boxes(options, numbers, asked.ticked)


def counted_or_similar(asked, options):
    """What was asked, and its counts; if nobody holds the words, of those that resemble them."""
    total, numbers = counted(asked, options)
    if not asked.words or total or _holding(asked):
        return asked, total, numbers
    meant = tuple(Sector.objects.resembling(asked.words))
    resembling = replace(asked, similar=True, meant=meant)
    return resembling, *counted(resembling, options)


def _holding(asked):
    """Whether anybody holds the words, were it outside the boxes and the place."""
    if not any(asked.ticked.values()) and not asked.around:
        return False
    sql, words = found(replace(asked, around=NOWHERE))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({sql})", words)
        return cursor.fetchone()[0]


def _rows(asked, facets):
    sql, parameters = found(asked)
    marks = [f"{within(f)} AS in_{f}" if asked.ticked[f] else f"TRUE AS in_{f}" for f in facets]
    statement = COUNTS.format(
        # Words are costly to look for: once. Without them two passes over an index cost half of one kept.
        kept="MATERIALIZED" if asked.words else "NOT MATERIALIZED",
        columns=", ".join(column(COLUMNS[facet]) for facet in facets if facet in COLUMNS),
        marks=", ".join(marks),
        names=", ".join(f"in_{facet}" for facet in facets),
        found=sql,
        counts=" UNION ALL ".join(_count(facet, facets) for facet in facets),
        all=_in_all(facets),
    )
    ticked = [asked.keys(facet) for facet in facets if asked.ticked[facet]]
    return _lately(statement, [*ticked, *parameters])


def _lately(statement, parameters):
    """The rows; of many organisations perhaps those of a moment ago."""
    key = statement, repr(parameters)
    if (rows := LATELY.get(key)) is None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows = cursor.fetchall()
        if max((n or 0 for _facet, _key, n in rows), default=0) > MANY:
            LATELY.keep(key, rows)
    return rows


def _count(facet, facets):
    others = _in_all([other for other in facets if other != facet])
    if facet in COLUMNS:
        return OF_A_COLUMN.format(facet=facet, key=column(COLUMNS[facet]), others=others)
    table, key = table_of(facet)
    return OF_A_TABLE.format(facet=facet, table=table, key=key, others=others)


def _in_all(facets):
    return " AND ".join(f"in_{facet}" for facet in facets)
