"""What waits around a decision: on the desk of who decides and of who entered, and for the coordinators.

Each is one query for all of its kinds.
"""

from functools import lru_cache

from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, Decision, Letter, Objection, Talk
from challenges.rules import DECIDES
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models.note import put_off
from partners.models import provinces_of

State = Challenge.State
COLUMNS = ("q_no", "pk", "q_slug", "q_title", "q_since", "q_party", "q_name", "q_phone", "q_total")
KEYS = ("letters", "decisions", "astray")
SEND, CHECK, ASTRAY = range(len(KEYS))
ON_A_DESK = ("q_no", "pk", "q_slug", "q_title", "q_lang")
DECIDE, OBJECTION, TALK, LETTER = range(4)
MOST_ON_A_DESK = 20


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
    near = near.filter(~put_off(Challenge))
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


def desk_queues(person):
    """What waits for who decides; and the outcome, for who entered."""
    if person.roles is None:
        person.remember_roles()
    mine = [party for party, role in person.roles.items() if role in DECIDES]
    rows = _asked(mine) if mine else []
    items = [_item(row) for row in rows if row[0] != LETTER]
    told = [_item(row) for row in rows if row[0] == LETTER]
    return [
        {"title": _("Waits for you"), "kind": "yours", "items": items},
        {"title": _("Waits for somebody else"), "kind": "others", "items": told},
    ]


def _asked(mine):
    """``(kind, key, slug, title, language)`` of everything that lies on the desk of these organisations."""
    ours, theirs = Q(challenge__organisation__in=mine), Q(entry__organisation__in=mine)
    running = Letter.objects.current().filter(theirs, challenge__state=State.NOTIFIED)
    proposed = Challenge.objects.filter(organisation__in=mine, state=State.PROPOSED)
    open_ones = Objection.objects.in_the_way().filter(ours, state=Objection.State.OPEN)
    talks = Talk.objects.filter(ours, state=Talk.State.ASKED)
    parts = [
        _desk_rows(DECIDE, proposed, ""),
        _desk_rows(OBJECTION, open_ones),
        _desk_rows(TALK, talks),
        _desk_rows(LETTER, running),
    ]
    return list(parts[0].union(*parts[1:], all=True))


def _desk_rows(number, rows, way="challenge__"):
    found = rows.order_by("pk").annotate(
        q_no=Value(number),
        q_slug=F(f"{way}slug"),
        q_title=F(f"{way}title"),
        q_lang=F(f"{way}language"),
    )
    return found.values_list(*ON_A_DESK)[:MOST_ON_A_DESK]


def _item(row):
    number, pk, slug, title, language = row
    url = {
        DECIDE: lambda: reverse("challenges:deciding", args=[slug]),
        OBJECTION: lambda: reverse("challenges:objection", args=[pk]),
        TALK: lambda: reverse("challenges:talk", args=[pk]),
        LETTER: lambda: reverse("challenges:letter", args=[pk]),
    }[number]()
    metas = (
        _("The jury proposed"),
        _("An entrant objects"),
        _("An entrant wants to talk"),
        _("The outcome; the term is not over"),
    )
    acts = (_("Decide"), _("Decide on it"), _("Say when"), _("Read the letter"))
    return {
        "title": title,
        "lang": language,
        "meta": metas[number],
        "url": url,
        "action": acts[number],
        "urgent": number == OBJECTION,
        "late": False,
    }
