"""What the registry does itself when two organisations, or two accounts, become one."""

from django.utils.translation import gettext as _

from factory import clock
from factory.journal.models import Event
from partners.models import Credential, Membership, Organisation, Picture
from partners.models.numbers import trouble_with_vat

State = Organisation.State
BLANKS = (
    "mission", "description", "website", "email", "phone", "street", "postcode", "town", "size",
    "invoices", "legal_name", "legal_form", "kvk", "rsin", "vat", "oin", "active_since",
)  # fmt: skip
LEAVE = {"partners.importline.organisation"}  # the import says whom a line became


def stops(gone, stays):
    """Why the one cannot go into the other, each in a sentence."""
    if gone.pk == stays.pk:
        yield _("This is the same one. Choose another.")
    if stays.state in (State.LEFT, State.MERGED):
        yield _("%(name)s is not in the registry any more.") % {"name": stays.name}
    if gone.state == State.ACTIVE and stays.state != State.ACTIVE:
        yield _("Only one of the two is active. Let that one stay.")
    if gone.is_public_body != stays.is_public_body:
        yield _("One of the two is a public body and the other is not.")
    waiting = Credential.objects.filter(state=Credential.State.CLAIMED)
    theirs = waiting.filter(organisation=stays.pk).values("proof")
    for proof in waiting.filter(organisation=gone.pk, proof__in=theirs):
        yield _("Of both a certificate waits for a check: %(name)s. Check one first.") % {
            "name": proof.get_proof_display()
        }


def organisation(gone, stays):
    """Members: the highest role stays, and nobody is there twice. Blanks are filled in. One logo stays."""
    _nobody_slips_in(gone)
    _fold(gone.memberships.all(), stays.memberships.all(), "person_id")
    logos = {"place": Picture.Place.LOGO}
    if stays.pictures.filter(**logos).exists():
        for logo in gone.pictures.filter(**logos).select_related("file"):
            logo.take_away()
    for name in BLANKS:
        if getattr(stays, name) in ("", None):
            setattr(stays, name, getattr(gone, name))
    if stays.legal_form == Organisation.Form.SOLE:
        stays.rsin = ""
    if trouble_with_vat(stays.vat, stays.legal_form):
        stays.vat = ""
    if stays.kvk == gone.kvk:  # one organisation a number
        Organisation.objects.filter(pk=gone.pk).update(kvk="")
    gone.kvk_numbers.update(is_main=False, stands=True)  # they become other numbers of who stays


def _nobody_slips_in(gone):
    """Who was turned down, or left, is of nobody any more; and only of an active one do open invitations count."""
    came_from = Event.objects.about(gone).last().from_state
    if came_from == State.LEFT:
        gone.memberships.all().delete()
    if came_from != State.ACTIVE:
        gone.invitations.open().update(withdrawn_at=clock.now())


def person(gone, stays):
    """Their organisations: the highest role stays."""
    _fold(gone.memberships.all(), stays.memberships.all(), "organisation_id")


def _fold(gone, stays, same):
    """Of memberships that are there on both sides one stays, with the best of both."""
    kept = {getattr(row, same): row for row in stays}
    twice = [row for row in gone if getattr(row, same) in kept]
    for row in twice:
        kept[getattr(row, same)].take_over(row)
    changed = [kept[getattr(row, same)] for row in twice]
    Membership.objects.filter(pk__in=[row.pk for row in twice]).delete()
    Membership.objects.bulk_update(changed, Membership.TAKEN_OVER)
