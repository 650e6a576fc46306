"""How many organisations stand behind every box of the directory, in one query."""

from dataclasses import replace

from django.db import connection

from partners.filters import FACETS, in_the_directory
from partners.models import Organisation

# An organisation is in several sectors: it is spread over them once for that facet (sector is not
# null) and counted once for all others (sector is null).
COUNTS = """WITH found AS ({found}), marked AS {kept} (
    SELECT id, kind, province_id, {marks} FROM found
), spread AS (
    SELECT kind, province_id AS province, NULL::bigint AS sector, in_kind, in_sector, in_province,
        count(*) AS n FROM marked GROUP BY 1, 2, 4, 5, 6
    UNION ALL
    SELECT NULL, NULL, tagged.sector_id, in_kind, TRUE, in_province, count(*)
    FROM marked JOIN {tagged} tagged ON tagged.organisation_id = marked.id GROUP BY 3, 4, 6
)
SELECT grouping(kind, sector, province), kind, sector, province,
    sum(n) FILTER (WHERE in_sector AND in_province AND sector IS NULL),
    sum(n) FILTER (WHERE in_kind AND in_province AND sector IS NOT NULL),
    sum(n) FILTER (WHERE in_kind AND in_sector AND sector IS NULL),
    sum(n) FILTER (WHERE in_kind AND in_sector AND in_province AND sector IS NULL)
FROM spread GROUP BY GROUPING SETS ((kind), (sector), (province), ())"""
TAGGED = Organisation.sectors.through._meta.db_table
MARKS = {
    "kind": "kind = ANY(%s)",
    "sector": "id IN (SELECT organisation_id FROM {tagged} WHERE sector_id = ANY(%s))",
    "province": "province_id = ANY(%s)",
}
ONLY = {
    0b011: "kind",
    0b101: "sector",
    0b110: "province",
}  # grouping() has a bit off for its column


def counted(asked, options):
    """``(total, {facet: [(option, n, ticked)]})``; n leaves the facet's own boxes aside.

    Options without an organisation fall away, unless they are ticked.
    """
    total, numbers = 0, {facet: {} for facet in FACETS}
    for grouping, *row in _rows(asked):
        if facet := ONLY.get(grouping):
            place = FACETS.index(facet)
            numbers[facet][row[place]] = int(row[len(FACETS) + place] or 0)
        else:
            total = int(row[-1] or 0)
    found = {}
    for facet, choices in options.items():
        rows = ((o, numbers[facet].get(o.key, 0), o in asked.ticked[facet]) for o in choices)
        found[facet] = [row for row in rows if row[1] or row[2]]
    return total, found


def counted_or_similar(asked, options):
    """As :func:`counted`; if nobody holds the words, those whose names resemble them."""
    total, found = counted(asked, options)
    if total or not asked.words:
        return asked, total, found
    resembling = replace(asked, similar=True)
    return resembling, *counted(resembling, options)


def _rows(asked):
    organisations = asked.worded(in_the_directory()).order_by()
    sql, found = organisations.values("id", "kind", "province_id").query.sql_with_params()
    marks, ticked = [], []
    for facet in FACETS:
        keys = asked.keys(facet)
        mark = MARKS[facet].format(tagged=TAGGED) if keys else "TRUE"
        marks.append(f"{mark} AS in_{facet}")
        ticked += [keys] if keys else []
    # Words are costly to look for: once. Without them two passes over an index cost half of one kept.
    kept = "MATERIALIZED" if asked.words else "NOT MATERIALIZED"
    statement = COUNTS.format(found=sql, marks=", ".join(marks), tagged=TAGGED, kept=kept)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*found, *ticked])
        return cursor.fetchall()
