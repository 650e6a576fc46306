"""Suggestions for one need among more and more live offers: how long they take, beside the bare facet query.

The texts are the demo's, mixed, in other towns. Some thousands are read by the model; the vectors of all others are
drawn round those: three parts of one real vector and one of another, of length one again.
"""

import os
import time

from django.test.utils import override_settings

from factory.bench.measuring import Probe, measured
from factory.bulk import enlarge, run
from factory.meaning.models import Reading
from factory.meaning.reading import name_of, read, readables, reader
from market.matching.filtering import offers_for
from market.matching.ranking import suppliers_for
from market.models import Listing

SIZES = [1_000, 10_000, 100_000, 1_000_000]
BARS = {100_000: 60, 1_000_000: 150}  # ms at p95
REAL = 2_000
PIECE = 200
ASKED = 20  # needs, spread over all
DRAWN_AT_ONCE = 20_000
LISTINGS_A_LIVE_OFFER = 2.2
TIDIED = "market_listing, meaning_reading, partners_organisation, market_match"
REAL_ONES = """CREATE TEMP TABLE real_one AS SELECT row_number() OVER (ORDER BY key) - 1 AS no, language, words, vector
    FROM meaning_reading WHERE thing = 'offer' AND model = %s AND fingerprint <> 'drawn'"""
DRAW = """INSERT INTO meaning_reading (thing, key, model, language, words, vector, fingerprint, chance)
    SELECT 'offer', l.id, %s, one.language, one.words,
        l2_normalize(one.vector + one.vector + one.vector + other.vector), 'drawn', (random() * 2e9)::int - 1000000000
    FROM market_listing l JOIN real_one one ON one.no = (l.id * 101) %% %s
    JOIN real_one other ON other.no = (l.id * 7919 + 1) %% %s
    WHERE l.kind = 'offer' AND l.state = 'live' AND l.id >= %s AND l.id < %s
        AND NOT EXISTS (SELECT 1 FROM meaning_reading r WHERE r.thing = 'offer' AND r.key = l.id AND r.model = %s)"""
HEAD = """
| live offers | suggestions p50 | p95 | queries | facet query p50 | p95 | bar of p95 | load |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


@override_settings(MEANING_SAMPLE_SECONDS=3600)  # what is usual is kept in memory, as on a server
def speed(sizes, times, say):
    """One line a size, all in one run; ``say`` hears how far it is."""
    say("Loading, reading and measuring; lines with | are the result.")
    rows = []
    for size in sizes:
        _load(size, say)
        model = name_of(_read(say))
        _draw(model, say)
        rows.append(_measured(size, times))
        say("\n".join([HEAD, *rows]))


def offers():
    """Live offers of who is active."""
    return Listing.objects.public().offers()


def _load(size, say):
    began = time.monotonic()
    while (there := offers().count()) < size:
        more = int((size - there) * LISTINGS_A_LIVE_OFFER) + 100
        enlarge(Listing.objects.count() + more, lambda words: None)
        say(f"{offers().count()} of {size} live offers after {time.monotonic() - began:.0f} s")


def _read(say):
    """Let the model read some thousands, and the needs that will be asked; says at which rate."""
    model, kinds = reader(), readables()
    there = Reading.objects.filter(thing="offer").exclude(fingerprint="drawn").count()
    rows = list(offers().order_by("pk")[there:REAL])
    began = time.monotonic()
    for start in range(0, len(rows), PIECE):
        read(kinds["offer"], rows[start : start + PIECE], model)
        done = min(start + PIECE, len(rows))
        say(
            f"{name_of(model)} read {done} of {len(rows)}: {done / (time.monotonic() - began):.1f} a second"
        )
    read(kinds["need"], list(_needs()), model)
    return model


def _draw(model, say):
    """The readings that are missing, drawn round the real ones."""
    run("DROP TABLE IF EXISTS real_one")
    run(REAL_ONES, [model])
    run("CREATE INDEX ON real_one (no)")
    run("ANALYZE real_one")
    number = run("SELECT count(*) FROM real_one")[0]
    last = run("SELECT max(id) FROM market_listing")[0]
    for start in range(1, last + 1, DRAWN_AT_ONCE):
        run(DRAW, [model, number, number, start, start + DRAWN_AT_ONCE, model])
        say(f"vectors drawn up to listing {min(start + DRAWN_AT_ONCE, last)} of {last}")
    run(f"VACUUM (ANALYZE) {TIDIED}")  # as the database does by itself, some minutes after a load


def _needs():
    related = ("region", "province", "sector", "repeats")
    rows = Listing.objects.public().needs().select_related(*related).order_by("pk")
    return rows[:: max(1, rows.count() // ASKED)][:ASKED]


def _facets_alone(need):
    """The bare filter by sector and region, for comparison."""
    list(offers_for(need).filter(sector=need.sector_id).values_list("pk", flat=True)[:100])


def _measured(size, times):
    needs = list(_needs())
    ours, bare = measured(
        [
            Probe("suggestions", call=lambda need: len(suppliers_for(need)) and 0, arguments=needs),
            Probe("facet query", call=_facets_alone, arguments=needs),
        ],
        times,
    )
    bar = BARS.get(size)
    return (
        f"| {offers().count()} | {ours.wall:.0f} ms | {ours.wall_p95:.0f} ms | {ours.queries} | {bare.wall:.0f} ms "
        f"| {bare.wall_p95:.0f} ms | {f'{bar} ms' if bar else '–'} | {os.getloadavg()[0]:.1f} |"
    )
