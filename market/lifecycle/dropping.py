"""Drafts that nobody finishes: whoever began them hears in time that they go, and then they go."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock
from factory.knowledge.models import Norm
from factory.notices.outbox import post
from factory.templatetags.words import day
from market.lifecycle.people import owners_of
from market.models import Draft

AT_ONCE = 200  # drafts in one go; the next hour takes the rest


def sweep():
    """Drop what was announced long enough ago, and announce what goes next; returns ``(dropped, announced)``."""
    dropped, _each = Draft.objects.outlived().delete()
    return dropped, announce()


@transaction.atomic
def announce():
    """Tell of the drafts that nobody touched for so long: one mail to each of whom it concerns."""
    before = timedelta(days=Norm.objects.value("draft-told-days-before"))
    alone = clock.now() - timedelta(days=Norm.objects.value("draft-kept-days")) + before
    rows = Draft.objects.left_alone(alone).select_for_update(of=("self",), skip_locked=True)
    drafts = list(rows.select_related("author", "organisation").order_by("pk")[:AT_ONCE])
    goes_at, whose = clock.now() + before, defaultdict(list)
    for draft in drafts:
        for person in whom(draft):
            whose[person].append(draft)
    for person, theirs in whose.items():
        with translation.override(person.language):
            post(person.email, *letter(theirs, goes_at))
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(goes_at=goes_at)
    return len(drafts)


def whom(draft):
    """Who began it, while they may go on with it; else the owners of the organisation."""
    author = draft.author
    if author.is_active and Draft.objects.visible_to(author).filter(pk=draft.pk).exists():
        return [author]
    return list(owners_of(draft.organisation_id).filter(is_active=True))


def letter(drafts, goes_at):
    """``(subject, text)`` about one or more drafts of somebody."""
    goes = {"day": day(goes_at), "n": len(drafts)}
    subject = ngettext(
        "Your draft goes on %(day)s", "%(n)s of your drafts go on %(day)s", len(drafts)
    )
    lines = [f"{draft}\n{settings.SITE_URL}{draft.get_absolute_url()}" for draft in drafts]
    why = _(
        "Nobody has touched this for nearly a year. If you still want it, open it and save it: then it stays "
        "for another year. If not, you need do nothing: on %(day)s it goes for good."
    )
    return subject % goes, "\n\n".join([why % goes, *lines])
