"""The weekly digest: Friday 9:00 in the Netherlands, one for each person and week."""

from django.contrib.auth import get_user_model
from django.db import transaction

from factory import clock
from factory.notices.models import Notice, Urgency
from factory.notices.timing import last_digest, week_of

TEMPLATE = "notices/digest"


def gather(limit=2000):
    """Make a digest for everybody who has lines for the last Friday and no digest yet. Returns how many."""
    friday = last_digest(clock.now())
    waiting = Notice.objects.lines_due(friday)
    have = Notice.objects.filter(week=week_of(friday)).values("recipient")
    people = waiting.exclude(recipient__in=have).values("recipient").distinct()
    found = get_user_model().objects.filter(pk__in=people).order_by("pk")[:limit]
    return sum(put_together(person, friday) for person in found)


@transaction.atomic
def put_together(person, friday):
    """One digest with all this person's lines; False if another process was first."""
    made = Notice(
        recipient=person,
        address=person.email,
        channel=Notice.Channel.MAIL,
        template=TEMPLATE,
        urgency=Urgency.NEWS,
        language=person.language,
        week=week_of(friday),
        next_at=friday,
    )
    Notice.objects.bulk_create([made], ignore_conflicts=True)
    digest = Notice.objects.get(recipient=person, week=made.week)
    lines = Notice.objects.lines_due(friday).filter(recipient=person)
    return not digest.lines.exists() and lines.update(digest=digest) > 0
