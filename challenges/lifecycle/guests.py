"""Letting colleagues read along by a link of their own, and settling what they remark."""

from django.conf import settings
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import those_who_brought_it
from challenges.models import Guest, Helper, Remark
from challenges.models.guest import MOST_GUESTS
from challenges.models.helper import helped
from challenges.models.states import DRAWN_UP
from challenges.paragraphs import paragraphs_of
from challenges.remark_forms import EndGuestForm, GuestForm, RemarkForm, ResolveForm
from challenges.rules import brings_it, writes_the_problem
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.outbox import post
from factory.notices.telling import informs
from partners.models import Person
from partners.rules import is_coordinator


def too_many(challenge):
    """Reasons why nobody else can be let in: enough people read along."""
    if challenge.guests.open().count() >= MOST_GUESTS:
        yield _("Twelve people read along. End a link first.")


@moves.add(*DRAWN_UP, to=STAYS, may=brings_it, form=GuestForm, unless=too_many)
def invite_guest(challenge, *, by, **facts):
    """The owner lets somebody read along, who needs no account."""
    challenge.guests.open().filter(email__iexact=facts["email"]).update(ended_at=clock.now())
    guest, key = Guest.to(challenge, by, **facts)
    guest.save()
    mail_to_the_guest(guest, key)
    return {"guest": guest.pk, "role": str(guest.role)}


def mail_to_the_guest(guest, key):
    """The one mail that holds the key; its text is wiped once the mail server has it."""
    with translation.override(guest.invited_by.language):
        words = {"guest": guest, "challenge": guest.challenge, "by": guest.invited_by}
        words["url"] = settings.SITE_URL + reverse("challenges:guest", args=[key])
        text = loader.render_to_string("challenges/guest_mail.txt", words)
        subject, _space, text = text.strip().partition("\n")
        post(guest.email, subject.strip(), text.strip())


@moves.add(*DRAWN_UP, to=STAYS, may=brings_it, form=EndGuestForm)
def end_guest(challenge, *, by, guest):
    """The owner ends a link; it no longer opens anything."""
    if not challenge.guests.filter(pk=guest.pk, ended_at=None).update(ended_at=clock.now()):
        raise Missing([_("This link was ended already.")])
    return {"guest": guest.pk}


@moves.add(
    *DRAWN_UP,
    to=STAYS,
    may=writes_the_problem | is_coordinator,
    form=RemarkForm,
    tells=[informs(those_who_brought_it)],
)
def remark(challenge, *, by, field, paragraph, text):
    """A colleague or a coordinator says something of a paragraph."""
    return {"remark": _noted(challenge, field, paragraph, text, person=by).pk, "field": field}


def its_remarks(challenge):
    """What was said of its paragraphs."""
    return [challenge.remarks.all()]


take_back.also({remark: its_remarks})


@moves.by_the_factory(*DRAWN_UP, to=STAYS, tells=[informs(those_who_brought_it)])
def take_remark(challenge, *, by, guest, field, paragraph, text):
    """Somebody who reads along says something of a paragraph."""
    made = _noted(challenge, field, paragraph, text, guest=guest)
    person = Person.objects.filter(email__iexact=guest.email).first()
    if person:
        helped(challenge, Helper.What.REMARKED, person)
    elif not challenge.helpers.filter(what=Helper.What.REMARKED, name=str(guest)).exists():
        Helper.objects.create(challenge=challenge, what=Helper.What.REMARKED, name=str(guest)[:120])
    return {"remark": made.pk, "field": field, "guest": guest.pk}


def _noted(challenge, field, paragraph, text, **who):
    said = paragraphs_of(challenge, field)
    quoted = said[paragraph][:120] if paragraph < len(said) else ""
    facts = {"field": field, "paragraph": paragraph, "quoted": quoted, "text": text}
    return Remark.objects.create(challenge=challenge, **facts, **who)


@moves.add(*DRAWN_UP, to=STAYS, may=writes_the_problem | is_coordinator, form=ResolveForm)
def resolve_remark(challenge, *, by, remark):
    """What was remarked is settled."""
    found = challenge.remarks.open().filter(pk=remark.pk)
    if not found.update(resolved_at=clock.now(), resolved_by=by):
        raise Missing([_("Somebody settled it already.")])
    return {"remark": remark.pk}
