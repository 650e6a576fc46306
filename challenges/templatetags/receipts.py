"""Receipts in the words of mails and pages."""

from django import template

from challenges.drafting import contents
from challenges.showing import to_show

register = template.Library()


@register.filter
def receipt_of(entry, event):
    """The receipt that this event handed out: a later one has a mail of its own."""
    found = entry.submissions.filter(number=event.details.get("receipt", 0)).first()
    return found or entry.submissions.order_by("number").last()


@register.filter
def what_was_sent(entry):
    """Everything that was sent in last, ready to be shown."""
    return to_show(entry, contents(entry))
