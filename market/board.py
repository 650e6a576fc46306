"""The board in SQL: what the gate lets everybody see, and of it what answers to the words and the boxes.

The gate's own query is put together once and stands inside; to put one together at every visit costs a
page more than PostgreSQL needs to look for the rows.
"""

from collections import namedtuple
from functools import cache

from factory.lists import Rows, column, gate_in_sql, part_of_a_word
from market.models import Listing

COLUMNS = {
    "kind": "kind",
    "sector": "sector_id",
    "by": "organisation__kind",
    "province": "province_id",
}
SHOWN = (
    "pk", "kind", "title", "slug", "language", "value_cents", "unit", "needed_by_date", "nationwide",
    "hides_name", "organisation__name", "organisation__kind", "region_id", "region__name",
    "province__name", "version",
)  # fmt: skip
SEARCHED = ("title", "search_nl", "search_en")
NEWEST = ("live_at", "pk")
REACHED = ("region_id", "hides_name", "nationwide", "reach_km")
SHORTEST_PART = 4  # of a compound: "lunch" is found in "vergaderlunch", "bus" is not in "busy"

EITHER = "the_search_nl @@ to_tsquery('dutch', %s) OR the_search_en @@ to_tsquery('english', %s)"
PART = "upper(the_title) LIKE upper(%s)"
RESEMBLES = "upper(the_title) %%> upper(%s)"
# Where a hidden need lies would tell whose it is, so only its province counts.
AWAY = (
    " JOIN unnest(%s::bigint[], %s::int[]) AS away(place, km)"
    " ON away.place = CASE WHEN the_hides_name THEN the_province_id ELSE the_region_id END"
)
REACHES = "(the_nationwide OR away.km <= %s OR away.km <= the_reach_km)"

FOUND = "SELECT * FROM ({seen}) seen{away} WHERE {words}{place}{only}"
LISTED = "SELECT {columns} FROM ({found}) found WHERE {boxes} ORDER BY {order}"
ORDERS = {
    "new": "the_live_at DESC, the_pk DESC",
    "near": "km, the_live_at DESC, the_pk DESC",
    "soon": "the_needed_by_date < current_date, the_needed_by_date, the_live_at DESC, the_pk DESC",
    "value": "the_value_cents DESC NULLS LAST, the_live_at DESC, the_pk DESC",
    "fit": "array_position(%s::bigint[], the_pk)",
}

Row = namedtuple("Row", SHOWN)


@cache
def seen_by_all(paths):
    """``(sql, parameters)`` of what a visitor may see, with a column for each of these paths."""
    return gate_in_sql(Listing.objects.public(), paths)


def found(asked, *more):
    """``(sql, parameters)`` of the listings that hold the words and reach the place, with the facets'
    columns and ``more``.
    """
    reached = REACHED if asked.around else ()
    only = ("pk",) if asked.fitting is not None else ()
    paths = dict.fromkeys((*COLUMNS.values(), *SEARCHED, *reached, *only, *more))
    sql, parameters = seen_by_all(tuple(paths))
    where, words = _worded(asked)
    away, place, here = "", "", []
    if asked.around:
        km = asked.around.km_to
        away, place, here = AWAY, f" AND {REACHES}", [asked.around.reach]
        parameters = [*parameters, list(km), list(km.values())]
    those = [list(asked.fitting)] if only else []
    among = " AND the_pk = ANY(%s)" if only else ""
    sql = FOUND.format(seen=sql, away=away, words=where, place=place, only=among)
    return sql, [*parameters, *words, *here, *those]


def inside(asked):
    """``(condition, parameters)`` of the boxes that are ticked."""
    facets = [facet for facet in COLUMNS if asked.ticked[facet]]
    ticked = " AND ".join(f"{column(COLUMNS[facet])} = ANY(%s)" for facet in facets)
    return ticked or "TRUE", [asked.keys(facet) for facet in facets]


def _worded(asked):
    """One of the words, in either language, or as a part of the title; or what resembles one of them."""
    if not asked.words:
        return "TRUE", []
    if asked.similar:
        conditions = [RESEMBLES] * len(asked.words) + ["the_sector_id = ANY(%s)"]
        return f"({' OR '.join(conditions)})", [*asked.words, list(asked.sectors)]
    either = " | ".join(asked.words)
    parts = [part_of_a_word(word) for word in asked.words if len(word) >= SHORTEST_PART]
    return f"({' OR '.join([EITHER] + [PART] * len(parts))})", [either, either, *parts]


def rows(asked):
    """What answers to everything asked, in the order asked for."""
    return Rows(lambda: _listed(asked), Row)


def _listed(asked):
    sql, parameters = found(asked, *SHOWN, *NEWEST)
    ticked, keys = inside(asked)
    order = [list(asked.fitting)] if asked.sort == "fit" else []
    statement = LISTED.format(
        columns=", ".join(map(column, SHOWN)), found=sql, boxes=ticked, order=ORDERS[asked.sort]
    )
    return statement, [*parameters, *keys, *order]
