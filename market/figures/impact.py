"""What the market changed, as of any day: what both sides confirmed, what was agreed, and where it ended.

Amounts come from closed months (``market.counting``), steps and reasons from the journal.
"""

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.templatetags.words import count, euro_short, short_day
from market.counting.closing import end_of
from market.counting.groups import FEWEST
from market.figures.amounts import WAYS, Labels, public_rows, rows_of, tables
from market.models import Match, Value

State = Match.State
Measure = Value.Measure
# An order may be delivered without an amount agreed first, so completed counts as agreed too. What a coordinator took
# back, or somebody said was not so, was never reached; a day that is over knows only of what was undone by then.
STEPS_AND_REASONS = """WITH undone AS (
    SELECT was.id FROM journal_event back CROSS JOIN LATERAL (
        SELECT id FROM journal_event e
        WHERE e.thing_type = back.thing_type AND e.thing_id = back.thing_id AND e.number < back.number
            AND e.verb = 'match.' || (back.details->>'took_back')
        ORDER BY e.number DESC LIMIT 1
    ) was WHERE back.verb = 'match.take_back' AND back.at < %(before)s
    UNION ALL SELECT (details->>'struck')::bigint FROM journal_event
    WHERE verb IN ('match.ask_after_all', 'match.go_on_after_all', 'match.strike_agreement') AND at < %(before)s
        AND details->>'struck' IS NOT NULL
), change AS (
    SELECT thing_id, to_state, details FROM journal_event WHERE thing_type = 'market.match'
        AND to_state <> from_state AND at < %(before)s AND id NOT IN (SELECT id FROM undone)
)
SELECT 'reached' AS kind, state AS code, count(DISTINCT thing_id) AS n FROM (
    SELECT thing_id, unnest(CASE to_state WHEN 'completed' THEN ARRAY['agreed', 'completed']
        ELSE ARRAY[to_state] END) AS state FROM change WHERE NOT details ? 'took_back'
) reached GROUP BY state
UNION ALL SELECT 'reason', details->>'reason', count(DISTINCT thing_id) FROM change
WHERE to_state IN ('declined', 'lapsed', 'cancelled') AND details ? 'reason' GROUP BY 2
ORDER BY kind, n DESC, code"""


def impact_figures(on):
    """The market at the end of the day ``on``: stats, sections and counting rules."""
    before = end_of(on)
    done = Match.objects.completed().filter(completed_at__lt=before).count()
    rows, until = public_rows(on)
    found, labels, ended = tables(rows), Labels(), _steps_and_reasons(before)
    return {
        "stats": _stats(done, found["year"].total(Measure.REALISED)),
        "sections": [
            *(_amounts(way, found[way], labels, until) for way in WAYS),
            _places(found["province"], labels),
            _path(ended["reached"]),
            _why(ended["reason"]),
        ],
        "counting": _counting(),
    }


def _stats(done, public):
    stats = [(count(done), _("matches confirmed by both sides"))]
    if public.number:
        words = _("confirmed amount, without VAT")
        if public.number < done:
            words = _("confirmed amount of %(number)s of them, without VAT") % {
                "number": count(public.number)
            }
        stats.append((euro_short(public.cents), words))
    return stats


def _amounts(way, table, labels, until):
    titles = {
        "year": (_("What it was worth, year by year"), _("By year"), _("Year")),
        "province": (_("What it was worth, by province"), _("By province"), _("Province")),
        "sector": (_("What it was worth, by sector"), _("By sector"), _("Sector")),
    }
    heading, tab, head = titles[way]
    rows = rows_of(table, labels.rows(way, table)) if table.cells else []
    return {
        "id": f"amounts-{way}",
        "way": way,
        "chart": "measures",
        "heading": heading,
        "tab": tab,
        "texts": _about_amounts(table, until) if rows else [_nothing_yet()],
        "title": heading,
        "head": head,
        "exact": reverse("market:exact"),
        "measures": _measures(table) if rows else [],
        "rows": rows,
    }


def _nothing_yet():
    return _("As soon as a month has ended with three matches confirmed, their sum stands here.")


def _about_amounts(table, until):
    texts = [
        _("Three amounts that we keep apart. Only what is realised counts as a result."),
        _("Counted up to and including %(day)s, the end of the last month that was closed.")
        % {"day": short_day(until)},
    ]
    if any(table.folded.values()):
        texts.append(
            _(
                "Cells of one or two matches are taken together with others, so that nobody can be recognised."
            )
        )
    return texts


def _measures(table):
    """The three amounts with their definitions and totals."""
    meaning = {
        Measure.ESTIMATED: _(
            "What the buyer thought it would cost, at the moment both sides met. For an order that comes "
            "back: one time."
        ),
        Measure.AGREED: _(
            "The last amount that was noted as agreed, unless the order was called off. Orders delivered "
            "without noting it first are not in it."
        ),
        Measure.REALISED: _(
            "What buyer and supplier both confirmed as delivered and paid, the same amount, without VAT."
        ),
    }
    return [
        {"code": measure.value, "label": measure.label, "meaning": meaning[measure]}
        | vars(table.total(measure))
        for measure in Measure
    ]


def _places(table, labels):
    rows = []
    for pk, (code, name) in labels.provinces.items():
        cell = table.cell(pk, Measure.REALISED)
        row = {"code": code, "name": name, "value": cell.number if cell else 0}
        rows.append(row if cell else row | {"shown": "…"})
    rest = table.rest(Measure.REALISED).number
    if rest:
        rows.append({"code": "", "name": _("Taken together"), "value": rest})
    texts = [
        _("A square is a province. The circle is how many matches were confirmed for a need there.")
    ]
    if rest:
        texts.append(
            _(
                "“…” is in “taken together”: one or two matches, or the number that would give them away."
            )
        )
    return {
        "id": "places",
        "chart": "map",
        "heading": _("Where it happened"),
        "texts": texts,
        "title": _("Confirmed matches by province"),
        "head": _("Province"),
        "figures": _("Matches"),
        "rows": rows,
    }


def _path(rows):
    """How far matches got; a step that one or two reached is told as such, and not which of the two."""
    reached = dict(rows)
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
        "rows": [_step(words, reached.get(state, 0)) for state, words in steps.items()],
    }


def _step(words, number):
    few = {"value": 0, "shown": "1–2", "note": _("fewer than three")}
    return {"label": words, **(few if 0 < number < FEWEST else {"value": number})}


def _why(rows):
    labels = dict(Match.Reason.choices)
    found = [(labels.get(code, code), number) for code, number in rows]
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
        _(
            "Amounts become public when a month has ended, of at least three new matches at a time. The "
            "number of matches and the totals are exact. What stands by year, province and sector is put "
            "together from the averages of groups of three, so that nobody can compute a single order."
        ),
        _(
            "An amount that was wrong is put right when both sides confirm the same new one. It changes "
            "the figures from then on; the figures of an earlier day stay as they were."
        ),
        _("Every figure can be asked again for any day in the past and stays the same."),
    ]


def _steps_and_reasons(before):
    """How many matches reached each state, and how many ended for each reason: ``[(code, number)]`` of both."""
    found = {"reached": [], "reason": []}
    with connection.cursor() as cursor:
        cursor.execute(STEPS_AND_REASONS, {"before": before})
        for kind, code, number in cursor.fetchall():
            found[kind].append((code, number))
    return found
