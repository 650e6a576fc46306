"""Mail to an address: about signing in, before or beside what moves tell."""

from django.db import transaction
from django.utils.translation import get_language

from factory import clock
from factory.notices.models import Notice, Urgency
from factory.notices.waking import hint

TEMPLATE = "notices/account"


def post(address, subject, text):
    """Put a mail in the outbox, in the language of this moment; it leaves within seconds."""
    notice = Notice.objects.create(
        address=address,
        channel=Notice.Channel.MAIL,
        template=TEMPLATE,
        urgency=Urgency.CLOCK,
        language=get_language() or "nl",
        subject=subject,
        text=text,
        next_at=clock.now(),
    )
    transaction.on_commit(hint, robust=True)
    return notice
