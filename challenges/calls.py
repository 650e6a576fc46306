"""Whom a coordinator rings about a challenge: one query for all of its queues, the longest waiting first."""

from functools import lru_cache

from django.db.models import DateField, DateTimeField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.house_terms import ring_days
from challenges.models import Challenge
from factory.clock import THIS_DAY
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models import Note
from factory.coordination.models.note import promised, to_call_back
from factory.working_days import after
from partners.models import provinces_of

State = Challenge.State
COLUMNS = (
    "q_no", "pk", "q_title", "q_since", "q_place", "q_party", "q_name", "q_phone", "q_total",
)  # fmt: skip
KEYS = ("back", "problems", "unanswered")
BACK, RING, UNANSWERED = range(len(KEYS))


def coordinator_queues(person, everywhere=False):
    """The challenges' part of the call list."""
    rows = rows_of(_statement(() if everywhere else tuple(provinces_of(person))))
    return [
        _queue(number, [row for row in rows if row[0] == number]) for number in range(len(KEYS))
    ]


@lru_cache(maxsize=128)
def _statement(provinces):
    """The query for all of the queues, with its parameters; of some provinces or of all."""
    near = Challenge.objects.filter(Q(province__in=provinces) if provinces else Q())
    sent_in = near.filter(~to_call_back(Challenge), state=State.SUBMITTED)
    parts = [
        _rows(BACK, near.filter(promised(Challenge)), _promise()),
        _rows(RING, sent_in, F("submitted_at")),
        _rows(UNANSWERED, _unanswered(near), Cast("rounds__answer_by", DateTimeField())),
    ]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def _unanswered(near):
    """More was asked, and the day to answer by has passed."""
    passed = {"rounds__answered_at": None, "rounds__answer_by__lt": THIS_DAY}
    return near.filter(~to_call_back(Challenge), state=State.MORE, **passed)


def _promise():
    notes = Note.objects.to_call_back().filter(
        thing_type=Challenge.label(), thing_id=OuterRef("pk")
    )
    day = Subquery(notes.values("call_back_on")[:1], output_field=DateField())
    return Cast(day, DateTimeField())


def _rows(number, rows, since):
    columns = {
        "q_no": Value(number),
        "q_title": F("title"),
        "q_since": since,
        "q_place": F("region__name"),
        "q_party": F("organisation__name"),
        "q_name": F("owner__name"),
        "q_phone": phone_of("phone", "owner__phone", "organisation__phone"),
        "q_total": total_of(rows),
    }
    return rows.annotate(**columns).order_by("q_since", "pk").values_list(*COLUMNS)[:MOST]


def _queue(number, rows):
    titles = (
        _("You promised to call back"),
        _("Problems that came in"),
        _("Our question is not answered"),
    )
    everything = reverse("admin:challenges_challenge_changelist")
    page = {RING: f"{everything}?in=submitted", UNANSWERED: f"{everything}?in=more"}.get(number, "")
    days = ring_days() if number == RING and rows else 0
    calls = [_call(number, row, days) for row in rows]
    return Queue(KEYS[number], titles[number], page, calls, rows[0][-1] if rows else 0)


def _call(number, row, days):
    _no, pk, title, since, place, party, name, phone, _total = row
    page = reverse("admin:challenges_challenge_change", args=[pk])
    return Call(
        title=title,
        meta=" · ".join(filter(None, [place, party])),
        url=page,
        since=since,
        people=[(f"{name}, {party}", phone)],
        action=_("Ring and fill in") if number == RING else "",
        late=number == RING and after(timezone.localdate(since), days) < timezone.localdate(),
        thing=(Challenge.label(), pk),
        note_url=page.removesuffix("change/") + "move/note/",
    )
