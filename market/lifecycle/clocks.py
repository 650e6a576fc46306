"""When a match that waits for an answer is nudged, called about, and lapses."""

from datetime import datetime, time

from django.utils import timezone

from factory import clock
from factory.working_days import after, between

SOON_DAYS = 10
SOON = (1, 2, 3)
CALM = (3, 7, 21)


def clocks(need):
    """The moments for a match approved now: ``nudge_at``, ``second_nudge_at``, ``call_at``, ``lapse_at``.

    Needed within ten working days: nudges after 1 and 2 working days, a call on the third, lapse at the
    end of the date. Otherwise nudges after 3 and 7, a call on the seventh, lapse after 21.
    """
    today, needed = clock.today(), need.needed_by_date
    if needed and between(today, needed) <= SOON_DAYS:
        first, second, call = (_morning(after(today, n)) for n in SOON)
        return _named(first, second, call, _evening(max(needed, today)))
    first, second, last = (after(today, n) for n in CALM)
    return _named(_morning(first), _morning(second), _morning(second), _evening(last))


def _named(first, second, call, lapse):
    return {"nudge_at": first, "second_nudge_at": second, "call_at": call, "lapse_at": lapse}


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def _evening(day):
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
