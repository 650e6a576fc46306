"""What the market changed, as of any day: counted from what both sides confirmed, and from the journal.

No amount of fewer than three matches is ever shown: small years are taken together, small counts folded.
"""

from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from factory.templatetags.words import count, euro_short
from market.models import Match
from partners.models import Region

FEWEST = 3
State = Match.State
AGREED = """WITH standing AS (
    SELECT DISTINCT ON (thing_id) thing_id, to_state FROM journal_event
    WHERE thing_type = 'market.match' AND at < %s ORDER BY thing_id, number DESC
), amounts AS (
    SELECT DISTINCT ON (thing_id) thing_id, (details->>'cents')::bigint AS cents FROM journal_event
    WHERE thing_type = 'market.match' AND verb = 'match.agree' AND at < %s
    ORDER BY thing_id, number DESC
)
SELECT count(*), sum(cents)::bigint FROM standing JOIN amounts USING (thing_id)
WHERE to_state IN ('agreed', 'disputed')"""
# An order may be delivered without an amount agreed first, so completed counts as agreed too.
REACHED = """SELECT state, count(DISTINCT thing_id) FROM (
    SELECT thing_id, unnest(CASE to_state WHEN 'completed' THEN ARRAY['agreed', 'completed']
        ELSE ARRAY[to_state] END) AS state
    FROM journal_event WHERE thing_type = 'market.match' AND to_state <> from_state AND at < %s
) reached GROUP BY state"""
REASONS = """SELECT details->>'reason', count(DISTINCT thing_id) FROM journal_event
WHERE thing_type = 'market.match' AND to_state IN ('declined', 'lapsed', 'cancelled')
    AND to_state <> from_state AND details ? 'reason' AND at < %s GROUP BY 1 ORDER BY 2 DESC, 1"""


def impact_figures(on):
    """The market at the end of the day ``on``: stats, sections and counting rules."""
    before = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    done = Match.objects.completed().filter(completed_at__lt=before)
    years = by_year(done)
    total = sum(year["n"] for year in years)
    return {
        "stats": _stats(years, total),
        "sections": [
            _money(years, _agreed(before)),
            _places(done),
            _path(before),
            _why(before),
        ],
        "counting": _counting(),
    }


def by_year(done):
    """``[{"label", "n", "cents"}]`` by year; years under three matches are taken together with the next."""
    rows = done.annotate(year=ExtractYear("completed_at")).values("year")
    rows = rows.annotate(n=Count("pk"), cents=Sum("realised_cents")).order_by("year")
    groups = []
    for row in rows:
        if groups and groups[-1]["n"] < FEWEST:
            groups.append(_together(groups.pop(), row))
        else:
            groups.append({"first": row["year"], "last": row["year"], **row})
    if len(groups) > 1 and groups[-1]["n"] < FEWEST:
        last = groups.pop()
        groups.append(_together(groups.pop(), last))
    return [group | {"label": _span(group)} for group in groups]


def _together(one, other):
    last = other.get("last", other.get("year"))
    return one | {"last": last, "n": one["n"] + other["n"], "cents": one["cents"] + other["cents"]}


def _span(group):
    first, last = group["first"], group["last"]
    return str(first) if first == last else f"{first}–{last}"


def _stats(years, total):
    stats = [(count(total), _("matches confirmed by both sides"))]
    if total >= FEWEST:
        stats.append(
            (euro_short(sum(year["cents"] for year in years)), _("confirmed amount, without VAT"))
        )
    return stats


def _agreed(before):
    """What was agreed and not yet confirmed by both, in cents; 0 if it is of fewer than three matches."""
    (number, cents), *_rest = _asked(AGREED, before, before)
    return cents if number >= FEWEST else 0


def _money(years, agreed):
    rows = [{"label": y["label"], "value": y["cents"]} for y in years if y["n"] >= FEWEST]
    if rows and agreed:
        rows[-1]["unsure"] = agreed
    texts = [
        _("Only what buyer and supplier both confirmed counts, and only if they say the same.")
    ]
    if agreed:
        texts.append(
            _("What is hatched has been agreed but not confirmed by both. It does not count yet.")
        )
    if not rows:
        texts = [_("As soon as three matches are confirmed by both sides, their sum stands here.")]
    return {
        "id": "amounts",
        "chart": "bars",
        "heading": _("What was bought, year by year"),
        "texts": texts,
        "title": _("Amount a year, without VAT"),
        "head": _("Year"),
        "figures": _("Confirmed"),
        "unit": "euro",
        "rows": rows,
    }


def _places(done):
    numbers = dict(done.values_list("need__province__code").annotate(n=Count("pk")))
    provinces = Region.objects.provinces().values_list("code", "name")
    rows = [_place(code, name, numbers.get(code, 0)) for code, name in provinces]
    return {
        "id": "places",
        "chart": "map",
        "heading": _("Where it happened"),
        "texts": [
            _(
                "A square is a province. The circle is how many matches were confirmed for a need there."
            ),
            _(
                "One or two in a province are shown as “fewer than 3”, so that nobody can be recognised."
            ),
        ],
        "title": _("Confirmed matches by province"),
        "head": _("Province"),
        "figures": _("Matches"),
        "rows": rows,
    }


def _place(code, name, number):
    few = 0 < number < FEWEST
    return {"code": code, "name": name, "value": 0 if few else number} | (
        {"shown": "< 3"} if few else {}
    )


def _path(before):
    reached = dict(_asked(REACHED, before))
    steps = {
        State.SUGGESTED: _("Suggested"),
        State.APPROVED: _("Checked by a coordinator, both asked"),
        State.INTRODUCED: _("Both said yes and met"),
        State.AGREED: _("Agreed on an amount, or delivered at once"),
        State.COMPLETED: _("Delivered and confirmed by both"),
    }
    return {
        "id": "path",
        "chart": "path",
        "heading": _("How far matches get"),
        "texts": [_("Not every suggestion becomes an order. We show where they end.")],
        "title": _("Matches by step"),
        "head": _("Step"),
        "figures": _("Number"),
        "rows": [
            {"label": words, "value": reached.get(state, 0)} for state, words in steps.items()
        ],
    }


def _why(before):
    labels = dict(Match.Reason.choices)
    found = [(labels.get(code, code), number) for code, number in _asked(REASONS, before)]
    rows = [{"label": _first_up(label), "value": n} for label, n in found if n >= FEWEST]
    rest = sum(n for _label, n in found if n < FEWEST)
    if rest >= FEWEST:
        rows.append({"label": _("Other reasons"), "value": rest})
    return {
        "id": "reasons",
        "chart": "bars",
        "heading": _("Why matches end"),
        "texts": [
            _("A side that says no chooses a reason. We show them as they are, to learn from.")
        ],
        "title": _("Reasons why matches ended"),
        "head": _("Reason"),
        "figures": _("Matches"),
        "rows": rows,
    }


def _first_up(words):
    return f"{words[:1].upper()}{words[1:]}"


def _counting():
    return [
        _("A match counts once buyer and supplier confirm the same amount, and only once."),
        _("If they do not agree, the amount counts nowhere."),
        _("All amounts are without VAT. The day that counts is the day the second side confirmed."),
        _("Every figure can be asked again for any day in the past and stays the same."),
        _("Amounts of fewer than three matches are taken together."),
    ]


def _asked(statement, *moments):
    with connection.cursor() as cursor:
        cursor.execute(statement, moments)
        return cursor.fetchall()
