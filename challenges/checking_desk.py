"""What waits for the coordinators between the deadline and the jury: entries to open together, and to check."""

from datetime import timedelta
from functools import lru_cache

from django.db.models import Case, Count, DateTimeField, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.house_terms import TOGETHER
from challenges.models import Challenge, Entry
from factory.clock import THIS_DAY, THIS_INSTANT
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models.note import to_call_back
from factory.templatetags.words import moment
from partners.models import provinces_of

State = Challenge.State
COLUMNS = (
    "q_no", "pk", "q_slug", "q_title", "q_since", "q_party", "q_name", "q_phone", "q_asker", "q_asked",
    "q_left", "q_repairs", "q_by", "q_total",
)  # fmt: skip
KEYS = ("sealed", "formal")
SEALED, FORMAL = range(len(KEYS))
SOON = timedelta(hours=6)  # before the day to open together is over


def coordinator_queues(person, everywhere=False):
    """Entries that two coordinators open, and those that are checked on the formal rules."""
    rows = rows_of(_statement(() if everywhere else tuple(provinces_of(person))))
    sealed, formal = ([row for row in rows if row[0] == number] for number in (SEALED, FORMAL))
    return [
        Queue(
            KEYS[SEALED],
            _("Entries to open together"),
            rows=[_to_open(row, person) for row in sealed],
            total=sealed[0][-1] if sealed else 0,
        ),
        Queue(
            KEYS[FORMAL],
            _("Entries to check"),
            rows=[_to_check(row) for row in formal],
            total=formal[0][-1] if formal else 0,
        ),
    ]


@lru_cache(maxsize=128)
def _statement(provinces):
    """The query for both queues. Where somebody asked to open, every coordinator sees it, wherever they answer for."""
    near = Q(province__in=provinces) if provinces else ~Q(pk=None)
    found = Challenge.objects.filter(~to_call_back(Challenge))
    runs = Q(asked_to_open_at__gte=THIS_INSTANT - TOGETHER)
    parts = [
        _rows(SEALED, found.filter(near | runs, state=State.CLOSED), runs),
        _rows(FORMAL, found.filter(near, state=State.CHECKING), Q(pk=None)),
    ]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def _rows(number, rows, runs):
    over = Q(entries__state=Entry.State.REPAIR, entries__repair_by_date__lt=THIS_DAY)
    waits = Q(entries__state=Entry.State.REPAIR)
    asked = Case(When(runs, then=F("asked_to_open_at")), output_field=DateTimeField())
    columns = {
        "q_no": Value(number),
        "q_slug": F("slug"),
        "q_title": F("title"),
        "q_since": Cast(Coalesce(asked, "closed_at", "deadline_at", "created_at"), DateTimeField()),
        "q_party": F("organisation__name"),
        "q_name": F("owner__name"),
        "q_phone": phone_of("phone", "owner__phone", "organisation__phone"),
        "q_asker": Case(When(runs, then=F("asked_to_open_by"))),
        "q_asked": Coalesce(F("asked_to_open_by__name"), Value("")),
        "q_left": Count("entries", filter=Q(entries__state=Entry.State.SUBMITTED) | over),
        "q_repairs": Count("entries", filter=waits & ~over),
        "q_by": F("check_by"),
        "q_total": total_of(rows),
    }
    return rows.annotate(**columns).order_by("q_since", "pk").values_list(*COLUMNS)[:MOST]


def _call(row, at, **more):
    _no, pk, slug, title, since, party, name, phone = row[:8]
    return Call(
        title=title,
        url=reverse(at, args=[slug]),
        since=since,
        people=[(f"{name}, {party}", phone)],
        thing=(Challenge.label(), pk),
        **more,
    )


def _to_open(row, person):
    """Whose turn it is: nobody asked, this coordinator did, or somebody else who waits for a second."""
    asker, name, until = row[8], row[9], row[4] + TOGETHER
    at = "challenges:challenge"
    if asker is None:
        return _call(row, at, meta=_("Two coordinators open them"), action=_("Ask to open"))
    said = {"name": name, "moment": moment(until)}
    if asker == person.pk:
        words = _("You asked. Another coordinator opens them before %(moment)s")
        return _call(row, at, meta=words % said)
    words = _("%(name)s asked. Open them before %(moment)s") % said
    late = until < timezone.now() + SOON
    return _call(row, at, meta=words, action=_("Open the entries"), late=late)


def _to_check(row):
    """How many are to be checked, and of how many a repair is awaited."""
    left, repairs, by = row[10:13]
    parts = []
    if left:
        parts.append(ngettext("%(n)s entry to check", "%(n)s entries to check", left) % {"n": left})
    if repairs:
        words = ngettext("%(n)s repair is awaited", "%(n)s repairs are awaited", repairs)
        parts.append(words % {"n": repairs})
    if not parts:
        parts, action = [_("Everything is checked")], _("Let the jury score")
    else:
        action = _("Check it") if left else ""
    late = bool(by and by < timezone.now())
    return _call(row, "challenges:check", meta=" · ".join(parts), action=action, late=late)
