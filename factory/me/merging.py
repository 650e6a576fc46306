"""Two accounts of one person become one: what the one had is the other's, and the one signs in no more."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from factory.contributions import gather
from factory.journal.models import Event
from factory.merging import repoint
from factory.moves import Missing
from factory.notices.models import Notice
from factory.notices.outbox import post

# What somebody did stays theirs by the account they did it with.
HISTORY = {
    "journal.event.actor",
    "journal.event.on_behalf_of",
    "admin.logentry.user",
    "challenges.submission.by",
    "coordination.lostfactor.person",  # what was asked at sign-in of the one account opens no other
    "notices.notice.recipient",  # see _notices
}


def stops(gone, stays):
    """Why these two cannot be one account, in words; empty when nothing stands in the way."""
    if gone.pk == stays.pk:
        return [_("These are one and the same account.")]
    found = []
    if gone.is_the_factory or stays.is_the_factory:
        found.append(_("The Factory's own account is not a person."))
    if gone.is_staff or stays.is_staff:
        found.append(
            _(
                "An account of a coordinator stays apart. An administrator takes the duty away first."
            )
        )
    if gone.merged_into_id:
        found.append(_("This account was merged before."))
    if not stays.is_active:
        found.append(_("The account that stays cannot sign in."))
    return found


@transaction.atomic
def merge_accounts(gone, stays, *, by):
    """Make it so, in one transaction; raises ``Missing`` with the reasons why not. Returns the event."""
    people = type(gone).objects.select_for_update().filter(pk__in=[gone.pk, stays.pk])
    locked = {person.pk: person for person in people.order_by("pk")}
    gone, stays = locked[gone.pk], locked[stays.pk]
    if reasons := stops(gone, stays):
        raise Missing(reasons)
    addresses = {gone.email, stays.email}
    for move in gather("merge_person"):
        move(gone, stays)
    _sign_in(gone)
    _notices(gone, stays)
    moved = repoint(gone, stays, leave=HISTORY)
    _close(gone, stays)
    details = {"into": stays.pk, **moved}
    event = Event.objects.record(gone, "person.merge", actor=by, details=details, channel="admin")
    for address in sorted(addresses):
        _say(address, stays)
    return event


def _sign_in(gone):
    """The old addresses open the account that stays; the second factor of the old account is gone."""
    Authenticator.objects.filter(user=gone).delete()
    EmailAddress.objects.filter(user=gone, verified=False).delete()
    EmailAddress.objects.filter(user=gone).update(primary=False)


def _notices(gone, stays):
    """The inbox goes along; what both were told stays where it is, and is not mailed twice."""
    same = {name: OuterRef(name) for name in ("event", "channel", "template")}
    twin = Notice.objects.filter(recipient=stays, **same)
    mine = Notice.objects.filter(recipient=gone)
    waiting = mine.filter(Exists(twin), status=Notice.Status.WAITING)
    waiting.update(status=Notice.Status.DROPPED, next_at=None, digest_at=None)
    mine.filter(week=None).exclude(Exists(twin)).update(recipient=stays)


def _close(gone, stays):
    """Its own address is free; its sessions end, as the password changes."""
    gone.merged_into, gone.is_active = stays, False
    gone.email, gone.phone = f"merged-{gone.pk}@people.invalid", ""
    gone.set_unusable_password()
    gone.save()


def _say(address, stays):
    """Both addresses hear of it: whoever did not expect this calls."""
    with translation.override(stays.language):
        subject = _("Your two accounts are one now")
        text = _(
            "A coordinator of the Social Impact Factory made one account of your two. You sign in with "
            "%(email)s; your organisations, needs and messages are there.\n\nDid you not expect this? "
            "Answer this mail or call us."
        )
        post(address, subject, text % {"email": stays.email})
