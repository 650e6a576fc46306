"""What waits around a decision for the coordinators: one query for all kinds of it."""

from functools import lru_cache

from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, Decision, Letter
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models.note import to_call_back
from partners.models import provinces_of

State = Challenge.State
COLUMNS = ("q_no", "pk", "q_slug", "q_title", "q_since", "q_party", "q_name", "q_phone", "q_total")
KEYS = ("letters", "decisions", "astray")
SEND, CHECK, ASTRAY = range(len(KEYS))


def coordinator_queues(person, everywhere=False):
    """Letters to look at and send, papers to check, and letters that did not arrive."""
    rows = rows_of(_statement(() if everywhere else tuple(provinces_of(person))))
    titles = (
        _("Letters to look at and send"),
        _("Decisions on paper to check"),
        _("Letters that did not arrive"),
    )
    return [
        Queue(key, titles[number], "", _calls(found := _of(rows, number), number), _total(found))
        for number, key in enumerate(KEYS)
    ]


def _of(rows, number):
    return [row for row in rows if row[0] == number]


def _total(rows):
    return rows[0][-1] if rows else 0


def _calls(rows, number):
    return [_call(row, number) for row in rows]


def _call(row, number):
    _no, pk, slug, title, since, party, name, phone, _all = row
    acts = {SEND: _("Look and send"), CHECK: _("Check it"), ASTRAY: _("See to it")}
    return Call(
        title=title,
        meta=party,
        url=reverse("challenges:deciding", args=[slug]),
        since=since,
        people=[(f"{name}, {party}" if number != ASTRAY else name, phone)],
        action=acts[number],
        late=number == ASTRAY,
        thing=(Challenge.label(), pk),
    )


@lru_cache(maxsize=128)
def _statement(provinces):
    """The query for all of the queues, with its parameters; of some provinces or of all."""
    near = Challenge.objects.filter(Q(province__in=provinces) if provinces else Q())
    near = near.filter(~to_call_back(Challenge))
    decided = Decision.objects.standing().filter(challenge__in=near.values("pk"))
    papers = decided.filter(
        kind=Decision.Kind.PAPER, checked_at=None, challenge__state=State.PROPOSED
    )
    ready = decided.filter(challenge__state=State.DECIDED)
    astray = Letter.objects.current().astray()
    astray = astray.filter(challenge__in=near.values("pk"), challenge__state=State.NOTIFIED)
    parts = [
        _rows(SEND, ready, F("noted_at")),
        _rows(CHECK, papers, F("noted_at")),
        _rows(ASTRAY, astray, F("sent_at"), "entry__organisation", "recipient"),
    ]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def _rows(number, rows, since, party="challenge__organisation", person="challenge__owner"):
    columns = {
        "q_no": Value(number),
        "q_slug": F("challenge__slug"),
        "q_title": F("challenge__title"),
        "q_since": Cast(since, DateTimeField()),
        "q_party": F(f"{party}__name"),
        "q_name": F(f"{person}__name"),
        "q_phone": phone_of(f"{person}__phone", f"{party}__phone"),
        "q_total": total_of(rows),
    }
    found = rows.annotate(**columns).order_by("q_since", "pk")
    return found.values_list("q_no", "challenge", *COLUMNS[2:])[:MOST]
