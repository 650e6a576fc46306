"""The board in SQL: what the gate lets everybody see, and of it what answers to the words and the boxes."""

from collections import namedtuple
from functools import cache

from challenges.models import Challenge
from challenges.models.bands import banded
from factory.lists import Rows, column, gate_in_sql, part_of_a_word

# A box asks for one of these: of one column, or of a table between challenges and what they have several of.
COLUMNS = {
    "state": "phase",
    "closes": "closes",
    "envelope": "envelope",
    "province": "province_id",
    "instrument": "instrument_id",
}
TABLES = {
    "theme": (Challenge.themes.through._meta.db_table, "theme_id"),
    "goal": (Challenge.goals.through._meta.db_table, "goal_id"),
}
SHOWN = (
    "pk", "title", "slug", "language", "sentence", "state", "phase", "deadline_at", "envelope_cents",
    "committed_cents", "explores_only", "organisation__name", "organisation__kind", "region__name",
    "instrument_id",
)  # fmt: skip
SEARCHED = ("title", "organisation__name", "region__name", "search_nl", "search_en")
SHORTEST_PART = 4  # of a compound: "vervoer" is found in "maatwerkvervoer", "bus" is not in "busy"

EITHER = "the_search_nl @@ to_tsquery('dutch', %s) OR the_search_en @@ to_tsquery('english', %s)"
NAMES = "concat_ws(' ', the_title, the_organisation__name, the_region__name)"
PART = f"upper({NAMES}) LIKE upper(%s)"
RESEMBLES = f"upper({NAMES}) %%> upper(%s)"
MEANT = "the_pk IN (SELECT challenge_id FROM {table} tagged WHERE {key} = ANY(%s))"
FOUND = "SELECT * FROM ({seen}) seen WHERE {words}"
LISTED = "SELECT {columns} FROM ({found}) found WHERE {boxes} ORDER BY {order}, the_pk DESC"
ORDERS = {
    "soon": "the_phase <> 'open', CASE WHEN the_phase = 'open' THEN the_deadline_at END,"
    " the_deadline_at DESC",
    "new": "the_published_at DESC",
    "value": "the_envelope_cents DESC NULLS LAST",
}

Row = namedtuple("Row", SHOWN)


@cache
def seen_by_all(paths):
    """``(sql, parameters)`` of what a visitor may see, with a column for each of these paths."""
    return gate_in_sql(banded(Challenge.objects.public()), paths)


def found(asked, *more):
    """``(sql, parameters)`` of the challenges that hold the words, with the facets' columns and ``more``."""
    paths = dict.fromkeys(("pk", *COLUMNS.values(), *SEARCHED, *more))
    sql, parameters = seen_by_all(tuple(paths))
    words, said = _worded(asked)
    return FOUND.format(seen=sql, words=words), [*parameters, *said]


def within(facet):
    """The condition that a challenge answers to the boxes of a facet."""
    if facet in TABLES:
        table, key = TABLES[facet]
        return MEANT.format(table=table, key=key)
    return f"{column(COLUMNS[facet])} = ANY(%s)"


def narrowed(asked):
    """The facets that narrow the list down: those with a tick, and always how far a challenge is."""
    return [facet for facet in asked.ticked if facet == "state" or asked.ticked[facet]]


def _worded(asked):
    """One of the words, in either language, or as a part of a name; or what resembles one of them."""
    if not asked.words:
        return "TRUE", []
    if asked.similar:
        return f"({' OR '.join([RESEMBLES] * len(asked.words))})", asked.words
    either = " | ".join(asked.words)
    parts = [part_of_a_word(word) for word in asked.words if len(word) >= SHORTEST_PART]
    return f"({' OR '.join([EITHER] + [PART] * len(parts))})", [either, either, *parts]


def rows(asked):
    """What answers to everything asked, in the order asked for."""
    return Rows(lambda: _listed(asked), Row)


def _listed(asked):
    sql, parameters = found(asked, *SHOWN, "published_at")
    facets = narrowed(asked)
    statement = LISTED.format(
        columns=", ".join(map(column, SHOWN)),
        found=sql,
        boxes=" AND ".join(map(within, facets)),
        order=ORDERS[asked.sort],
    )
    return statement, [*parameters, *map(asked.keys, facets)]
