"""Needs, offers and matches by the hundred thousand: the demo's texts, mixed, in other towns."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from factory import clock
from factory.bulk import first_free, insert, move_sequence, run, seed
from factory.demo import lines
from market.models import Closing, Listing, Match

HERE = Path(__file__).parent
SENTENCE = re.compile(r"(?<=[.!?])\s+")
POSTERS = """CREATE TEMP TABLE bulk_{kind} AS
    SELECT row_number() OVER (ORDER BY o.id) - 1 AS no, o.id, o.region_id, o.province_id, m.person_id,
        region.name FROM partners_organisation o JOIN partners_region region ON region.id = o.region_id
    JOIN LATERAL (SELECT person_id FROM partners_membership WHERE organisation_id = o.id
        AND role = 'owner' AND confirmed_at IS NOT NULL ORDER BY person_id LIMIT 1) m ON true
    WHERE o.state = 'active' AND {condition}"""
SOURCE = """generate_series({first}, {last}) g
    JOIN bulk_text seed ON seed.no = (g * 7) %% {seeds}
    JOIN bulk_text also ON also.no = (g * 7 + 1 + g %% 11) %% {seeds}
    JOIN partners_sector sector ON sector.slug = seed.sector
    JOIN LATERAL (
        SELECT * FROM bulk_need WHERE seed.kind = 'need' AND no = g %% {buyers} UNION ALL
        SELECT * FROM bulk_offer WHERE seed.kind = 'offer' AND no = g %% {sellers}) poster ON true"""
STATE = """(ARRAY['live','live','live','live','live','live','live','live','live','live','live','live',
    'live','live','live','live','expired','filled','filled','withdrawn'])[1 + g %% 20]"""
AGO = "make_interval(days => g %% 80, secs => g %% 86400)"
# Which needs have which matches: by the last figures of their id, the state, and how many a need.
COURSES = [
    ("suggested", "need.state = 'live' AND need.id % 20 < 2", 5),
    ("approved", "need.state = 'live' AND need.id % 20 = 2", 2),
    ("introduced", "need.state = 'live' AND need.id % 20 = 3", 1),
    ("agreed", "need.state = 'live' AND need.id % 20 = 4", 1),
    ("disputed", "need.state = 'live' AND need.id % 400 = 5", 1),
    ("declined", "need.state = 'live' AND need.id % 20 = 6", 1),
    ("completed", "need.state = 'filled'", 1),
]
MET = ("introduced", "agreed", "disputed", "completed")
AMOUNT = "coalesce(need.value_cents, 100000)"

VALUES = """INSERT INTO market_value (match_id, measure, cents, at, year, province_id, sector_id)
    SELECT match.id, noted.measure, noted.cents, noted.at, extract(year FROM noted.at), need.province_id,
        need.sector_id
    FROM market_match match JOIN market_listing need ON need.id = match.need_id
    JOIN LATERAL (VALUES
        ('estimated', CASE WHEN match.introduced_at IS NOT NULL THEN need.value_cents END, need.live_at),
        ('agreed', match.agreed_cents, need.live_at),
        ('realised', match.realised_cents, match.completed_at)
    ) noted (measure, cents, at) ON noted.cents IS NOT NULL WHERE need.id >= {start}"""
# Nobody's orders, so their amounts need not be put in groups.
SHARES = """INSERT INTO market_share
        (closing_id, measure, "group", value_id, match_id, number, cents, year, province_id, sector_id)
    SELECT {closing}, measure, value.id, value.id, match_id, 1, cents, year, value.province_id, value.sector_id
    FROM market_value value JOIN market_match match ON match.id = value.match_id
    WHERE match.need_id >= {start}"""


def load(listings):
    """Listings up to this many, and the matches that belong to them."""
    there = Listing.objects.count()
    if listings > there:
        _load(listings - there)
    counted = {"listings": Listing.objects.count(), "matches": Match.objects.count()}
    return _("%(listings)s needs and offers, %(matches)s matches") % counted, counted


def texts():
    """The demo's texts in a mixed order, with one sentence of each apart."""
    rows = [("need", row) for row in lines(HERE / "needs.csv")]
    rows += [("offer", row) for row in lines(HERE / "offers.csv")]
    for kind, row in sorted(rows, key=lambda one: one[1]["text"]):
        sentences = SENTENCE.split(row["text"])
        kept = {name: row[name] for name in ("sector", "language", "title", "text")}
        low, high = row["low_euros"], row["high_euros"]
        yield {
            "kind": kind,
            "extra": sentences[len(sentences) // 2],
            "low": low,
            "high": high,
            **kept,
        }


def _load(wanted):
    seeds = seed("bulk_text", list(texts()))
    numbers = {"buyers": _posters("need", "o.kind <> 'enterprise'")}
    numbers["sellers"] = _posters("offer", "o.kind = 'enterprise'")
    start = first_free(Listing)
    insert(
        Listing,
        SOURCE.format(first=start, last=start + wanted - 1, seeds=seeds, **numbers),
        id="g",
        state=STATE,
        kind="seed.kind",
        organisation_id="poster.id",
        contact_id="poster.person_id",
        title="left(seed.title || CASE g %% 3 WHEN 0 THEN '' ELSE ' in ' || poster.name END, 120)",
        slug="'listing-' || g",
        text="seed.text || ' ' || also.extra",
        language="seed.language",
        sector_id="sector.id",
        region_id="poster.region_id",
        province_id="poster.province_id",
        nationwide="seed.kind = 'offer' AND g %% 10 = 0",
        reach_km="CASE WHEN seed.kind = 'offer' AND g %% 3 > 0 THEN 10 + g %% 60 END",
        value_cents="CASE WHEN g %% 6 > 0 AND seed.low <> '' THEN "
        "(seed.low::int + g %% (1 + seed.high::int - seed.low::int)) * 100 END",
        needed_by_date="CASE WHEN seed.kind = 'need' THEN current_date + (g %% 60)::int END",
        ask_me_first="g %% 7 = 0",
        hides_name="g %% 7 = 0 OR seed.kind = 'need' AND g %% 11 = 0",
        created_at=f"now() - {AGO}",
        live_at=f"now() - {AGO}",
        expires_at=f"now() + interval '90 days' - {AGO}",
        searched_at="now()",
    )
    move_sequence(Listing)
    for state, which, times in COURSES:
        _matches(start, state, which, times, numbers["sellers"])
    _values(start)


def _posters(kind, condition):
    run(f"DROP TABLE IF EXISTS bulk_{kind}")
    run(POSTERS.format(kind=kind, condition=condition))
    run(f"CREATE INDEX ON bulk_{kind} (no); ANALYZE bulk_{kind}")
    return run(f"SELECT count(*) FROM bulk_{kind}")[0]  # noqa: S608


def _matches(start, state, which, times, sellers):
    """So many matches in this state for each of those needs, each with another supplier."""
    met, done = state in MET, state == "completed"
    said = AMOUNT if done or state == "disputed" else "NULL"
    condition = which.replace("%", "%%")
    insert(
        Match,
        f"market_listing need JOIN generate_series(1, {times}) turn ON true "
        f"JOIN bulk_offer seller ON seller.no = (need.id * 7 + turn * 13) %% {sellers} "
        "JOIN partners_sector sector ON sector.id = need.sector_id "
        f"WHERE need.kind = 'need' AND need.id >= {start} AND {condition}",
        state=f"'{state}'",
        need_id="need.id",
        buyer_id="need.organisation_id",
        organisation_id="seller.id",
        rank="turn",
        reasons="jsonb_build_array(jsonb_build_object('code', 'profile_sector', 'nl', sector.name_nl, "
        "'en', sector.name_en), jsonb_build_object('code', 'no_offer'))",
        reason="'capacity'" if state == "declined" else "''",
        created_at="need.live_at",
        buyer_agreed_at="need.live_at" if state != "suggested" else "NULL",
        supplier_agreed_at="need.live_at" if met else "NULL",
        introduced_at="need.live_at" if met else "NULL",
        call_at="need.live_at + interval '3 days'" if state == "approved" else "NULL",
        lapse_at="now() + interval '20 days'" if state == "approved" else "NULL",
        agreed_cents=AMOUNT if state in ("agreed", "disputed", "completed") else "NULL",
        buyer_cents=said,
        supplier_cents=f"{said} + 100" if state == "disputed" else said,
        realised_cents=said if done else "NULL",
        completed_at="need.live_at + (now() - need.live_at) / 2" if done else "NULL",
    )


def _values(start):
    """What these matches are worth, and all of it public: as if the month before closed with them."""
    day = clock.today().replace(day=1) - timedelta(days=1)
    closing, _made = Closing.objects.get_or_create(day=day)
    run(VALUES.format(start=start))
    run(SHARES.format(start=start, closing=closing.pk))
