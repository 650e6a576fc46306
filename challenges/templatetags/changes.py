"""Days that were changed in public, in the words of mails."""

from django import template
from django.utils.dateparse import parse_datetime

from challenges.models import Challenge
from factory.templatetags.words import moment

register = template.Library()


@register.filter
def days_changed(challenge, event):
    """``[(which day, when it was, when it is)]`` of the change that this event wrote down."""
    found = challenge.rectifications.filter(version=event.details.get("version", 0)).first()
    return [
        (
            Challenge._meta.get_field(change["name"]).verbose_name,
            moment(parse_datetime(change["old"])),
            moment(parse_datetime(change["new"])),
        )
        for change in (found.changes if found else ())
    ]
