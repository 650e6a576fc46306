"""The same amounts to the cent and for every cell, for coordinators alone."""

from django.db import connection

from market.counting.closing import end_of
from market.figures.amounts import WAYS, tables

LATEST = """SELECT measure, year, province_id, sector_id, count(*)::int, sum(cents)::bigint FROM (
    SELECT DISTINCT ON (measure, match_id) * FROM market_value WHERE at < %s
    ORDER BY measure, match_id, id DESC
) latest WHERE cents IS NOT NULL GROUP BY 1, 2, 3, 4"""


def exact_tables(on, **kept):
    """``{"year": Table, …}`` as of the end of a day; ``kept``: only of this year, province or sector."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [end_of(on)])
        rows = cursor.fetchall()
    places = [(WAYS.index(way) + 1, key) for way, key in kept.items() if key]
    return tables([row for row in rows if all(row[n] == key for n, key in places)], fold=False)
