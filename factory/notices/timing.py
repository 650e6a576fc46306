"""When a mail leaves: at once, or in the weekly digest of Friday morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from factory.notices.models import Preference, Urgency
from factory.notices.models.preference import DIGEST

FRIDAY = 4
AT_ONCE = {
    Preference.Preset.EVERYTHING: {Urgency.CLOCK, Urgency.ASK, Urgency.NEWS},
    Preference.Preset.NEEDS_ME: {Urgency.CLOCK, Urgency.ASK},
    Preference.Preset.WEEKLY: {Urgency.CLOCK},
}


def mail_at(person, urgency, topic, moment):
    """When mail about ``topic`` leaves: ``{"next_at": …}`` by itself, ``{"digest_at": …}`` as a line in
    the digest, None if the person wants no mail about it. What has a date always goes at once.
    """
    chosen = Preference.objects.filter(person=person).first() or Preference(person=person)
    if urgency in AT_ONCE[chosen.preset] and not chosen.mutes(topic, urgency):
        return {"next_at": moment}
    if chosen.mutes(topic, urgency) or DIGEST in chosen.muted:
        return None
    return {"digest_at": next_digest(moment)}


def next_digest(moment):
    """The first Friday 9:00 in the Netherlands after ``moment``."""
    today = timezone.localdate(moment)
    friday = _nine(today + timedelta(days=(FRIDAY - today.weekday()) % 7))
    return friday if friday > moment else _nine(timezone.localdate(friday) + timedelta(days=7))


def last_digest(moment):
    """The last Friday 9:00 in the Netherlands at or before ``moment``."""
    return _nine(timezone.localdate(next_digest(moment)) - timedelta(days=7))


def week_of(friday):
    """The day that names the digest of ``friday``."""
    return timezone.localdate(friday)


def _nine(day):
    """9:00 by the clock on the wall, in summer and in winter."""
    return timezone.make_aware(datetime.combine(day, time(9)))
