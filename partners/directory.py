"""The directory in SQL: who may be seen by everybody, and of them who answers to the words, the boxes and the place."""

from collections import namedtuple
from functools import cache, lru_cache

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Count, Exists, Q, Window
from django.db.models.functions import Upper
from django.utils import timezone

from factory.lists import Rows, column, gate_in_sql, part_of_a_word, words_of
from partners.models import Credential, Organisation, Region

# A box asks for one of these: of one column, or of a table between organisations and what they have several of.
COLUMNS = {"kind": "kind", "province": "province_id", "municipality": "region_id"}
TABLES = {
    facet: (field.through._meta.db_table, f"{facet}_id")
    for facet, field in (("sector", Organisation.sectors), ("theme", Organisation.themes))
}
MANY = (*TABLES, "credential")
SHOWN = ("pk", "name", "slug", "kind", "mission", "language", "region_id", "region__name")
ORDERING = ("active_since", "search")
SHORTEST_PART = 4  # of a name: "brood" is found in "Broodnodig", "in" is not in "Binnen"

Kind = Organisation.Kind
LONG, LIKE, ALIKE = (
    6,
    0.4,
    0.6,
)  # letters of a word, from how much on a long and a short one resemble a name
GOVERNS = {"gemeente", "provincie", "municipality", "province", "of"}  # beside the name of a place

SAID = "the_search @@ (to_tsquery('simple', %s) || to_tsquery('dutch', %s))"
PART = "upper(the_name) LIKE upper(%s)"
RESEMBLES = "upper(the_name) %%> upper(%s)"
ORGANISATIONS = Organisation._meta.db_table
WORKS_IN = Organisation.works_in.through._meta.db_table
WORKS_THERE = """the_pk IN (SELECT id FROM {organisations} WHERE region_id = ANY(%s)
    UNION ALL SELECT organisation_id FROM {works_in} WHERE region_id = ANY(%s))"""
MEANT = "the_pk IN (SELECT organisation_id FROM {table} tagged WHERE {key} = ANY(%s))"

FOUND = "SELECT * FROM ({seen}) seen WHERE {words} AND {place}"
SECTORS = "ARRAY(SELECT {key} FROM {table} WHERE organisation_id = the_pk)"
LISTED = (
    "SELECT {columns}, {sectors} FROM ({found}) found{away} WHERE {boxes} ORDER BY {order}, the_pk"
)
AWAY = " LEFT JOIN unnest(%s::bigint[], %s::int[]) AS away(place, km) ON away.place = the_region_id"
ORDERS = {
    "name": "the_name",
    "new": "the_active_since DESC NULLS LAST, the_pk DESC",
    "near": "away.km NULLS LAST, the_name",
    "fit": "ts_rank(the_search, to_tsquery('simple', %s) || to_tsquery('dutch', %s)) DESC, the_name",
    "similar": "word_similarity(upper(%s), upper(the_name)) DESC, the_name",
}

Row = namedtuple("Row", (*SHOWN, "sectors"))


def in_the_directory():
    """The directory shows everybody the same: what a visitor may see."""
    return Organisation.objects.active()


def listed_names(text):
    """Who stands in the registry by name alone, and whom somebody who types this may mean, what holds it first.

    By their name, or what people call the place they govern; what only resembles it shows if nothing holds it.
    ``of``: how many there are, in every row.
    """
    words = words_of(text)
    if not words:
        return Organisation.objects.none()
    there = Organisation.objects.only_listed()
    holds = Q(*(Q(name__icontains=word) for word in words)) | _governs(text, words)
    like = {f"like_{n}": _likeness(word) for n, word in enumerate(words)}
    near = Q(**{f"like_{n}__gte": LIKE if len(w) >= LONG else ALIKE for n, w in enumerate(words)})
    found = there.alias(**like).filter(holds | near & ~Exists(there.filter(holds)))
    likeness = _likeness(" ".join(words))
    found = found.annotate(of=Window(Count("*")), likeness=likeness).select_related("region")
    found = found.only("name", "slug", "kind", "region__name")
    return found.order_by("-likeness", "name", "pk")


def _likeness(words):
    """How much of a name these words are, from 0 to 1."""
    return TrigramWordSimilarity(words.upper(), Upper("name"))


def _governs(text, words):
    """The municipality or province of a place by this name: Gemeente 's-Hertogenbosch for Den Bosch."""
    place = " ".join(word for word in words if word not in GOVERNS) or text
    called = Region.objects.named(text) | Region.objects.named(place)
    keys = called.order_by().values("pk")
    return Q(kind=Kind.MUNICIPALITY, region__in=keys) | Q(kind=Kind.PROVINCE, province__in=keys)


@cache
def seen_by_all(paths):
    """``(sql, parameters)`` of who stands in it, with a column for each of these paths."""
    return gate_in_sql(in_the_directory(), paths)


def found(asked, *more):
    """``(sql, parameters)`` of those that hold the words and work at the place, with ``more`` columns."""
    paths = dict.fromkeys(("pk", *COLUMNS.values(), "name", "search", *more))
    sql, parameters = seen_by_all(tuple(paths))
    words, said = _worded(asked)
    place, here = _placed(asked.around)
    return FOUND.format(seen=sql, words=words, place=place), [*parameters, *said, *here]


def inside(asked, left_aside=None):
    """``(condition, parameters)`` of the boxes that are ticked."""
    facets = [facet for facet in asked.ticked if asked.ticked[facet] and facet != left_aside]
    ticked = " AND ".join(map(within, facets))
    return ticked or "TRUE", [asked.keys(facet) for facet in facets]


def within(facet):
    """The condition that an organisation answers to the boxes of a facet."""
    if facet in MANY:
        table, key = table_of(facet)
        return MEANT.format(table=table, key=key)
    return f"{column(COLUMNS[facet])} = ANY(%s)"


def table_of(facet):
    """``(table, key)`` of what organisations have several of: a row for each with its organisation."""
    if facet == "credential":
        return _held_on(timezone.localdate()), "proof"
    return TABLES[facet]


@lru_cache(maxsize=2)
def _held_on(day):
    """What is held on a day, as a table of organisations and kinds."""
    held = Credential.objects.held_on(day).order_by().values("organisation_id", "proof").distinct()
    sql, parameters = held.query.sql_with_params()
    with connection.cursor() as cursor:
        return f"({cursor.mogrify(sql, parameters).decode()})"


def _worded(asked):
    """They hold a word in name or text, deliver what it stands for, or sit in that place."""
    if not asked.words:
        return "TRUE", []
    if asked.similar:
        return f"({' OR '.join([RESEMBLES] * len(asked.words))} OR {_meant()})", [
            *asked.words,
            list(asked.meant),
        ]
    parts = [part_of_a_word(word) for word in asked.words if len(word) >= SHORTEST_PART]
    places = Region.objects.named(asked.text).order_by().values("pk").query.sql_with_params()
    conditions = [SAID, *[PART] * len(parts), f"the_region_id IN ({places[0]})", _meant()]
    either = " | ".join(asked.words)
    return f"({' OR '.join(conditions)})", [either, either, *parts, *places[1], list(asked.meant)]


def _meant():
    table, key = TABLES["sector"]
    return MEANT.format(table=table, key=key)


def _placed(around):
    """They sit at the place or say that they work there; who works in the whole province does so too."""
    if not around:
        return "TRUE", []
    near = around.near
    there = WORKS_THERE.format(organisations=ORGANISATIONS, works_in=WORKS_IN)
    return there, [near, [*near, around.place.province_id or around.place.pk]]


def rows(asked):
    """Who answers to everything asked, in the order asked for."""
    return Rows(lambda: _listed(asked), Row)


def _listed(asked):
    sql, parameters = found(asked, *SHOWN, *ORDERING)
    ticked, keys = inside(asked)
    order, by = _order(asked)
    near = asked.sort == "near"
    places = [list(asked.around.km_to), list(asked.around.km_to.values())] if near else []
    table, key = TABLES["sector"]
    statement = LISTED.format(
        columns=", ".join(map(column, SHOWN)),
        sectors=SECTORS.format(table=table, key=key),
        found=sql,
        away=AWAY if near else "",
        boxes=ticked,
        order=order,
    )
    return statement, [*parameters, *places, *keys, *by]


def _order(asked):
    if asked.sort != "fit":
        return ORDERS[asked.sort], []
    if asked.similar:
        return ORDERS["similar"], [asked.text]
    either = " | ".join(asked.words)
    return ORDERS["fit"], [either, either]
