"""Who sits where in a jury, in the words of mails."""

from django import template
from django.db.models import F

register = template.Library()


@register.filter
def chair_now(challenge):
    """The seat of who chairs the jury; where nobody does, of who is asked to; or None."""
    seats = challenge.jury.standing().filter(chairs=True).select_related("person")
    return seats.order_by(F("said_yes_at").asc(nulls_last=True)).first()
