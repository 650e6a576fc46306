"""Closes months: what was noted until their end becomes part of the public figures."""

from calendar import monthrange
from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from factory import clock
from market.counting.groups import Note, parts_of
from market.models import Closing, Share, Value

# Of each match: its latest amount and what was counted of it, where the two are not the same note.
CHANGED = """WITH latest AS (
    SELECT DISTINCT ON (measure, match_id) * FROM market_value WHERE at < %(before)s
    ORDER BY measure, match_id, id DESC
), counted AS (
    SELECT DISTINCT ON (measure, match_id) measure, match_id, value_id, "group", number
    FROM market_share ORDER BY measure, match_id, id DESC
)
SELECT latest.measure, CASE WHEN counted.number >= 0 THEN counted."group" ELSE 0 END, latest.id,
    latest.match_id, latest.cents, latest.year, latest.province_id, latest.sector_id
FROM latest LEFT JOIN counted USING (measure, match_id)
WHERE latest.id IS DISTINCT FROM counted.value_id
    AND (latest.cents IS NOT NULL OR counted.number >= 0)
ORDER BY latest.id"""
# Everybody in these groups, with the latest amount and the part that is public so far.
STANDING = """WITH ours AS (
    SELECT match_id, sum(cents)::bigint AS share, (array_agg("group" ORDER BY id DESC))[1] AS "group",
        (array_agg(number ORDER BY id DESC))[1] AS number
    FROM market_share WHERE measure = %(measure)s AND match_id IN (
        SELECT match_id FROM market_share WHERE measure = %(measure)s AND "group" = ANY(%(groups)s))
    GROUP BY match_id
)
SELECT DISTINCT ON (match_id) value.id, match_id, value.cents, value.year, value.province_id,
    value.sector_id, ours."group", ours.share
FROM ours JOIN market_value value USING (match_id)
WHERE ours.number >= 0 AND ours."group" = ANY(%(groups)s)
    AND value.measure = %(measure)s AND value.at < %(before)s
ORDER BY match_id, value.id DESC"""


def close_months(until=None):
    """Close every month that has ended and was not closed yet; returns how many. ``until``: a day."""
    until = until or clock.today()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('market.closing'))")
        closed = 0
        for day in _ends(until):
            closed += 1
            _close(cursor, day)
        return closed


def _ends(until):
    """The last days of the months that are to be closed, the first one first."""
    last = Closing.objects.order_by("-day").first()
    first = None if last else Value.objects.order_by("at").first()
    if not (last or first):
        return
    day = end_of_month(last.day + timedelta(days=1) if last else timezone.localdate(first.at))
    while day < until:
        yield day
        day = end_of_month(day + timedelta(days=1))


def end_of_month(day):
    """The last day of the month in which a day lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def end_of(day):
    """The moment at which a day is over in the Netherlands."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _close(cursor, day):
    closing, before = Closing.objects.create(day=day), end_of(day)
    cursor.execute(CHANGED, {"before": before})
    rows = cursor.fetchall()
    for measure in Value.Measure.values:
        ours = [row for row in rows if row[0] == measure]
        fresh = [Note(*row[2:]) for row in ours if not row[1]]
        groups = sorted({row[1] for row in ours if row[1]})
        parts = parts_of(fresh, _standing(cursor, measure, groups, before))
        Share.objects.bulk_create([_row(closing, measure, part) for part in parts], 5000)


def _standing(cursor, measure, groups, before):
    if not groups:
        return []
    cursor.execute(STANDING, {"measure": measure, "groups": groups, "before": before})
    return [Note(*row) for row in cursor.fetchall()]


def _row(closing, measure, part):
    note = part.note
    return Share(
        closing=closing,
        measure=measure,
        group=part.group,
        value_id=note.value,
        match_id=note.match,
        number=part.number,
        cents=part.cents,
        year=note.year,
        province_id=note.province,
        sector_id=note.sector,
    )
