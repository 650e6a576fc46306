"""Whether a buyer gets three answers within a day, of every quarter in which needs came on the market."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from factory.working_days import after

TWO_YEARS = timedelta(days=731)
DAYS = TWO_YEARS.days + 2
# A need counts from the moment that it came on the market first, once that day is over; an answer is what a
# supplier says first: yes (a price is a yes), or no. What was taken back is not there any more.
ANSWERED = """WITH came AS (
    SELECT l.id, min(e.at) AS since FROM journal_event e JOIN market_listing l ON l.id = e.thing_id
    WHERE e.verb IN ('listing.go_live', 'listing.publish') AND e.thing_type = 'market.listing'
      AND e.at > %(from)s AND l.kind = 'need' AND l.state <> 'draft'
      AND (%(everywhere)s OR l.province_id = ANY(%(provinces)s))
    GROUP BY l.id
), days AS (
    SELECT * FROM unnest(%(days)s::date[], %(next)s::date[]) AS d(day, next)
), need AS (
    SELECT id, since, since + interval '1 day' AS a_day, since + (next - day) * interval '1 day' AS working
    FROM came JOIN days ON day = (since AT TIME ZONE %(zone)s)::date
), answer AS (
    SELECT need.id, m.organisation_id, min(coalesce(m.supplier_agreed_at, no.at)) AS at
    FROM need JOIN market_match m ON m.need_id = need.id LEFT JOIN LATERAL (
        SELECT e.at FROM journal_event e WHERE e.thing_type = 'market.match' AND e.thing_id = m.id
          AND e.verb = 'match.decline' AND e.details->>'side' = 'supplier' AND m.state = 'declined'
        ORDER BY e.number DESC LIMIT 1
    ) no ON true GROUP BY 1, 2
), told AS (
    SELECT since, count(answer.at) FILTER (WHERE at <= a_day) AS in_a_day,
        count(answer.at) FILTER (WHERE at <= working) AS in_a_working_day
    FROM need LEFT JOIN answer USING (id) WHERE working < %(now)s AND a_day < %(now)s
    GROUP BY need.id, since
)
SELECT date_trunc('quarter', since AT TIME ZONE %(zone)s)::date, count(*)::int, sum(in_a_day)::int,
    count(*) FILTER (WHERE in_a_day >= 3)::int, count(*) FILTER (WHERE in_a_working_day >= 3)::int
FROM told GROUP BY 1 ORDER BY 1"""


def answered(provinces, now):
    """``[(first day of the quarter, needs, answers in 24 hours, needs with three then, … in a working day)]``.

    Of all provinces where none is named.
    """
    today = timezone.localdate(now)
    days = [today - timedelta(days=n) for n in range(DAYS)]
    asked = {"days": days, "next": [after(day, 1) for day in days], "now": now}
    asked |= {"from": now - TWO_YEARS, "zone": timezone.get_current_timezone_name()}
    asked |= {"everywhere": not provinces, "provinces": list(provinces)}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, asked)
        return cursor.fetchall()
