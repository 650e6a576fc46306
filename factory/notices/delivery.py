"""How mail leaves: claimed one by one under a lease, made once, sent, and marked with the server's answer.

Redis, Celery and the clock only wake this up; what is due stands in the database. Run as many of these at
once as you like: a row has one lease at a time, and who lost the lease neither sends nor marks.
"""

from datetime import timedelta
from time import monotonic

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F
from django.db.models.functions import Now

from factory.notices.letters import write
from factory.notices.models import LEASE, Notice
from factory.notices.sending import Away, Later, Post, Refused
from factory.notices.sight import why_not

log = structlog.get_logger()
RUN_SECONDS = 10
WAITS = [15 * 2**n for n in range(8)]  # seconds: from 15 to 32 minutes
LAST_WAIT = 3600
MOST_ATTEMPTS = 80  # three days
Status = Notice.Status


def run(seconds=RUN_SECONDS):
    """Send what is due for at most so long. Returns whether more may be waiting."""
    stop = monotonic() + seconds
    with Post() as post:
        while monotonic() < stop:
            notice = Notice.objects.claim()
            if notice is None or not handle(notice, post):
                return False
    return True


def handle(notice, post):
    """Take one leased mail as far as it goes. False if the server is away, so going on is no use."""
    try:
        if reason := why_not(notice):
            return mark(notice, status=reason.status, answer=reason.words)
        send(notice, post)
    except Away as trouble:
        put_off(notice, trouble, counts=False)
        return False
    except Refused as trouble:
        refused(notice, trouble)
    except Later as trouble:
        put_off(notice, trouble)
    except Exception as error:
        log.exception("mail.not_made", notice=notice.pk)
        put_off(notice, f"{type(error).__name__} while the mail was made")
    return True


def send(notice, post):
    """Make the mail if that was not done before, hand it over and say so."""
    if not notice.raw and not made(notice):
        return
    answer = post.send(
        settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
        notice.address,
        notice.raw,
        still_ours=lambda: extend(notice),
    )
    arrived(notice, answer)


def made(notice):
    """Write the mail and keep it, so that another attempt sends the same bytes. False if not needed."""
    letter = write(notice)
    if letter is None:
        return mark(notice, status=Status.DROPPED, answer="nothing left to tell") and False
    notice.message_id, notice.subject, notice.text, notice.raw = letter
    return Notice.objects.leased(notice).update(
        message_id=notice.message_id,
        subject=notice.subject,
        text=notice.text,
        raw=notice.raw,
    )


def extend(notice):
    """Take the lease anew right before the point of no return. False if it is no longer ours."""
    return bool(Notice.objects.leased(notice).update(leased_until=Now() + LEASE))


def arrived(notice, answer):
    """The server has it; of an address from which a coordinator saw mail come back that says nothing."""
    kept = {"text": ""} if notice.is_of_an_account else {}
    mark(notice, status=Status.SENT, answer=answer, sent_at=Now(), raw="", **kept)
    person = get_user_model()
    failing = person.objects.filter(email=notice.address.lower()).exclude(address_told=F("email"))
    failing.exclude(address_fails_since=None).update(**person.MAIL_ARRIVES)


def refused(notice, trouble):
    """The server will never take it: coordinators see that, and the address is not tried again by itself."""
    mark(notice, status=Status.FAILED, answer=str(trouble))
    if trouble.address:
        people = get_user_model().objects.filter(email=notice.address.lower())
        people.filter(address_fails_since=None).update(address_fails_since=Now())


def put_off(notice, trouble, *, counts=True):
    """Try again later, ever later; after three days it has failed."""
    if notice.attempts >= MOST_ATTEMPTS:
        return mark(notice, status=Status.FAILED, answer=str(trouble)[:500])
    tried = min(notice.attempts, len(WAITS)) - 1 if counts else 0
    wait = WAITS[tried] if notice.attempts <= len(WAITS) or not counts else LAST_WAIT
    return mark(
        notice,
        status=Status.WAITING,
        answer=str(trouble)[:500],
        next_at=Now() + timedelta(seconds=wait),
        attempts=notice.attempts if counts else notice.attempts - 1,
    )


def mark(notice, **facts):
    """Note how it went and let go, if the lease is still ours; the lines of a digest share its fate."""
    ours = Notice.objects.leased(notice).update(lease=None, leased_until=None, **facts)
    if ours and notice.is_digest and facts["status"] != Status.WAITING:
        shared = {key: facts[key] for key in ("status", "answer", "sent_at") if key in facts}
        notice.lines.filter(status=Status.WAITING).update(**shared)
    return bool(ours)
