"""One day for the diary (iCalendar, RFC 5545); the same day sent again replaces the first."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event


def one_day(about, title, day, url):
    """The bytes of a calendar with ``day``. ``about``: the journal's event that gave it, which names the thing
    (so that its UID stays the same) and counts on (so that the latest wins).
    """
    entry = Event()
    entry.add("uid", f"{about.thing_type}-{about.thing_id}@{settings.MAIL_DOMAIN}")
    entry.add("dtstamp", about.at)
    entry.add("sequence", about.number)
    entry.add("summary", title)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("url", url)
    diary = Calendar()
    diary.add("prodid", "-//Social Impact Factory//NL")
    diary.add("version", "2.0")
    diary.add("method", "PUBLISH")
    diary.add_component(entry)
    return diary.to_ical()
