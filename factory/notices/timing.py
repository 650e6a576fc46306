"""When a mail leaves: at once, or in the weekly digest of Friday morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from factory.notices.models import Preference, Urgency

FRIDAY = 4
AT_ONCE = {
    Preference.Preset.EVERYTHING: {Urgency.CLOCK, Urgency.ASK, Urgency.NEWS},
    Preference.Preset.NEEDS_ME: {Urgency.CLOCK, Urgency.ASK},
    Preference.Preset.WEEKLY: {Urgency.CLOCK},
}


def mail_at(person, urgency, moment):
    """``{"next_at": …}`` for mail of its own, or ``{"digest_at": …}`` for a line in the digest."""
    if urgency in AT_ONCE[preset_of(person)]:
        return {"next_at": moment}
    return {"digest_at": next_digest(moment)}


def preset_of(person):
    """What the person chose; without a choice: what needs me."""
    preference = Preference.objects.filter(person=person).first()
    return preference.preset if preference else Preference.Preset.NEEDS_ME


def next_digest(moment):
    """The first Friday 9:00 in the Netherlands after ``moment``."""
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=(FRIDAY - local.weekday()) % 7)
    friday = timezone.make_aware(datetime.combine(day, time(9)))
    return (
        friday
        if friday > moment
        else timezone.make_aware(datetime.combine(day + timedelta(days=7), time(9)))
    )
