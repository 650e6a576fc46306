"""The calendar of a challenge: its moments in order, what stands in the way of them, and when it is possible.

Pure: moments are aware datetimes or None, closures are rows with ``first_date``, ``last_date`` and ``kind``;
nothing is read from the database. All days are those of the Netherlands.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations

from django.utils import timezone

from challenges.models.conditions import CALENDAR
from challenges.terms import last_day
from factory import working_days

(
    PUBLISH, QUESTIONS, ANSWERS, DEADLINE, CHECK, SCORES, SHORTLIST, COACH, CHANGED, PITCH, EXPLORED,
    DECISION,
) = CALENDAR  # fmt: skip
NOON, NINE, FIVE = time(12), time(9), time(17)
HOURS = {
    PUBLISH: NINE, QUESTIONS: FIVE, ANSWERS: FIVE, DEADLINE: NOON, CHECK: FIVE, SCORES: FIVE,
    SHORTLIST: FIVE, COACH: NINE, CHANGED: NOON, PITCH: NINE, EXPLORED: NOON, DECISION: FIVE,
}  # fmt: skip
# The days of work people need between one moment and the next: less is a warning, never a refusal.
NEEDED = {
    (PUBLISH, QUESTIONS): 5,
    (QUESTIONS, ANSWERS): 3,
    (ANSWERS, DEADLINE): 5,
    (PUBLISH, DEADLINE): 15,
    (DEADLINE, CHECK): 2,
    (CHECK, SCORES): 5,
    (SCORES, PITCH): 2,
    (COACH, CHANGED): 10,
    (CHANGED, PITCH): 2,
    (PITCH, EXPLORED): 10,
    (PITCH, DECISION): 2,
}
AFTER_THE_DEADLINE = CALENDAR[CALENDAR.index(CHECK) :]
# Moments on which somebody must be there: the council's recess stands in the way of a decision alone.
ATTENDED = CALENDAR[1:]
RECESS = "recess"


@dataclass(frozen=True)
class Warning:
    """Something about the moment ``name``. ``kind``: order, past, weekend, closed, recess or short."""

    kind: str
    name: str
    other: str = ""  # order, short: the moment before it
    closure: object = None
    days: int = 0  # short: the working days there are
    earliest: datetime | None = None  # from when it is possible


def look(moments, closures, now):
    """Every :class:`Warning` about ``{name: moment}``; one a moment and kind."""
    found = [*wrong_order(moments)]
    for name in ATTENDED:
        if moments.get(name):
            found += _about(name, moments, closures, now)
    return found + [*too_short(moments, closures)]


def wrong_order(moments):
    """The pairs of neighbours of which the later comes first."""
    there = [name for name in CALENDAR if moments.get(name)]
    for before, after in combinations(there, 2):
        if moments[after] < moments[before] and there.index(after) == there.index(before) + 1:
            yield Warning("order", after, other=before, earliest=moments[before])


def _about(name, moments, closures, now):
    """What is the matter with the day itself, and the first day on which nothing is."""
    moment = moments[name]
    day = timezone.localdate(moment)
    at = timezone.localtime(moment).timetz().replace(tzinfo=None)
    if moment <= now:
        yield Warning("past", name, earliest=_at(open_day(_tomorrow(now), name, closures), at))
    elif closure := closed(day, name, closures):
        kind = RECESS if closure.kind == RECESS else "closed"
        first = _at(open_day(day, name, closures), at)
        yield Warning(kind, name, closure=closure, earliest=first)
    elif not working_days.is_working_day(day):
        yield Warning("weekend", name, earliest=_at(open_day(day, name, closures), at))


def too_short(moments, closures):
    """The stretches in which people cannot do what they have to."""
    for (first, last), needed in NEEDED.items():
        begin, end = moments.get(first), moments.get(last)
        if begin and end and begin <= end:
            there = workable(timezone.localdate(begin), timezone.localdate(end), closures)
            if there < needed:
                yield Warning(
                    "short", last, first, days=there, earliest=after(begin, last, needed, closures)
                )


def closed(day, name, closures):
    """The closure in the way of ``name`` on ``day``, or None."""
    for closure in closures:
        counts = closure.kind != RECESS or name == DECISION
        if counts and closure.first_date <= day <= closure.last_date:
            return closure
    return None


def open_day(day, name, closures):
    """``day`` or the first one after it on which ``name`` can be."""
    while not working_days.is_working_day(day) or closed(day, name, closures):
        day += timedelta(days=1)
    return day


def workable(first, last, closures):
    """How many working days outside school holidays lie after ``first`` up to and including ``last``."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(working_days.is_working_day(day) and not closed(day, "", closures) for day in days)


def after(moment, name, needed, closures):
    """The earliest moment for ``name``: ``needed`` workable days after ``moment``, at its own hour."""
    day = timezone.localdate(moment)
    while needed > 0:
        day += timedelta(days=1)
        needed -= working_days.is_working_day(day) and not closed(day, "", closures)
    return _at(open_day(day, name, closures), HOURS[name])


def planned(first_day, steps, closures):
    """``{name: moment}`` from ``first_day`` on, with ``{name: days of work after the moment before it}``."""
    moments = {PUBLISH: _at(open_day(first_day, PUBLISH, closures), HOURS[PUBLISH])}
    before = moments[PUBLISH]
    for name in CALENDAR[1:]:
        if name in steps:
            before = moments[name] = after(before, name, steps[name], closures)
    return moments


def shifted(moments, names, by):
    """``moments`` with those in ``names`` later by ``by``: a timedelta in days of the wall clock."""
    return {
        name: _at(timezone.localdate(moment) + by, timezone.localtime(moment).time())
        if moment and name in names
        else moment
        for name, moment in moments.items()
    }


def moments_of(challenge):
    """``{name: moment}`` as it is set now."""
    return {name: getattr(challenge, name) for name in CALENDAR}


def last_day_of_term(decision, days):
    """The last day to go to court or object, if all letters go out on the day of the decision; or None.

    By the rule of the letters: no term of law ends in a weekend or on a general holiday.
    """
    return last_day(timezone.localdate(decision), days) if decision and days else None


def _tomorrow(now) -> date:
    return timezone.localdate(now) + timedelta(days=1)


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
