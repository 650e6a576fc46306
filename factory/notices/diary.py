"""Days or moments for the diary (iCalendar, RFC 5545); the same sent again replaces the first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event


@dataclass(frozen=True)
class Deadline:
    """What the reader of some mails must do by a day, or be present at: a date, or a moment where the hour counts.

    ``mails`` are those that name it, as ``<move>_<who>``; ``name`` tells it apart from other days of the thing.
    ``column``: where the thing keeps it, so that a mail of changed days carries it only if it is one of them.
    """

    name: str
    title: str
    day: date | None
    mails: tuple
    column: str = ""


def one_day(about, title, day, url, name=""):
    """The bytes of a calendar with ``day``: a date, or a moment where the hour counts."""
    return diary_of(about, [Deadline(name, title, day, ())], url)


def diary_of(about, deadlines, url):
    """The bytes of a calendar with these days.

    ``about``: the journal's event that gave it, which names the thing (so that its UID stays the same) and counts
    on (so that the latest wins).
    """
    diary = Calendar()
    diary.add("prodid", "-//Social Impact Factory//NL")
    diary.add("version", "2.0")
    diary.add("method", "PUBLISH")
    for due in deadlines:
        diary.add_component(_entry(about, due, url))
    return diary.to_ical()


def _entry(about, due, url):
    entry = Event()
    parts = (about.thing_type, str(about.thing_id), due.name)
    about_what = "-".join(part for part in parts if part)
    entry.add("uid", f"{about_what}@{settings.MAIL_DOMAIN}")
    entry.add("dtstamp", about.at)
    entry.add("sequence", about.number)
    entry.add("summary", str(due.title))
    first, last = _from_until(due.day)
    entry.add("dtstart", first)
    entry.add("dtend", last)
    entry.add("url", url)
    return entry


def _from_until(day):
    """A moment begins and ends at once, in UTC, so that no program needs our time zone; a day lasts until the next."""
    if isinstance(day, datetime):
        return day.astimezone(UTC), day.astimezone(UTC)
    return day, day + timedelta(days=1)
