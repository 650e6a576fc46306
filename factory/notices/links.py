"""Addresses that carry who somebody is, signed: to answer from the mail, and to stop getting it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

ANSWER = "factory.notices.answer"
UNSUBSCRIBE = "factory.notices.unsubscribe"
SignatureExpired = signing.SignatureExpired
BadSignature = signing.BadSignature


@dataclass(frozen=True)
class Answer:
    """Who may make which move on which thing, and which notice asked it of them."""

    person: int
    thing_type: str
    thing: int
    move: str
    notice: int


def answer_url(notice, thing, move):
    """The address at which the recipient makes this move of ``thing`` without signing in, for 30 days."""
    said = [notice.recipient_id, thing._meta.label_lower, thing.pk, move, notice.pk]
    return _absolute("answer", signing.dumps(said, salt=ANSWER))


def read_answer(signed):
    """The :class:`Answer` that was signed; raises SignatureExpired or BadSignature."""
    age = timedelta(days=settings.MAIL_LINK_DAYS)
    return Answer(*signing.loads(signed, salt=ANSWER, max_age=age))


def read_expired(signed):
    """The :class:`Answer` in a link of any age; raises BadSignature."""
    return Answer(*signing.loads(signed, salt=ANSWER))


def unsubscribe_url(person, topic):
    """The address at which one press stops mail about ``topic``; it never expires."""
    return _absolute("unsubscribe", signing.Signer(salt=UNSUBSCRIBE).sign_object([person, topic]))


def read_unsubscribe(signed):
    """``[person's key, topic]``; raises BadSignature."""
    return signing.Signer(salt=UNSUBSCRIBE).unsign_object(signed)


def _absolute(name, *args):
    return settings.SITE_URL + reverse(name, args=args)
