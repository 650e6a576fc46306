"""What coaching puts on the desk of a coach: whom they coach, how much of the offer is left, and until when."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, Coaching
from factory import clock
from factory.templatetags.words import moment

SOON = timedelta(days=3)


def desk_queues(person):
    """One query for who coaches somebody now; none for everybody else."""
    rows = list(_rows(person)) if getattr(person, "coaches_now", True) else []
    left = [row for row in rows if row.used < row.hours * 60]
    done = [row for row in rows if row.used >= row.hours * 60]
    return [
        {"title": _("For the coach"), "kind": "yours", "items": [_item(row) for row in left]},
        {"title": _("For the coach"), "kind": "others", "items": [_item(row) for row in done]},
    ]


def _rows(person):
    rows = Coaching.objects.filter(coach=person.pk, challenge__state=Challenge.State.COACHING)
    return rows.select_related("challenge", "entry").with_used().order_by("entry__number")


def _item(row):
    """One finalist: the page of coaching is where the time is noted."""
    challenge, left = row.challenge, row.hours * 60 - row.used
    until = challenge.coaching_until
    said = {"challenge": challenge.title, "moment": moment(until), "minutes": left}
    words = (
        _("%(challenge)s: %(minutes)s minutes of coaching are left, until %(moment)s")
        if left > 0
        else _("%(challenge)s: all coaching was given; changed plans until %(moment)s")
    )
    return {
        "title": row.entry.title,
        "lang": challenge.language,
        "url": reverse("challenges:coaching", args=[challenge.slug]),
        "meta": words % said,
        "action": _("Coach, and note the time") if left > 0 else "",
        "urgent": left > 0 and until < clock.now() + SOON,
        "late": left > 0 and until < clock.now(),
    }
