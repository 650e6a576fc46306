"""A coordinator saw a mail come back: behind a relay the mail server alone knows, and does not tell us."""

from django.db import transaction

from factory import clock
from factory.journal.models import Event


@transaction.atomic
def mail_came_back(person, *, by):
    """Their address takes no mail, until it changes or a coordinator says otherwise. False if that was known."""
    person = _locked(person)
    if person.address_told == person.email:
        return False
    person.address_fails_since = person.address_fails_since or clock.now()
    person.address_told = person.email
    person.save(update_fields=["address_fails_since", "address_told"])
    Event.objects.record(person, "person.mail_came_back", actor=by, channel=Event.Channel.ADMIN)
    return True


@transaction.atomic
def mail_arrives(person, *, by):
    """It does take mail, or does so again. False if nobody thought otherwise."""
    person = _locked(person)
    if not person.address_fails_since:
        return False
    type(person).objects.filter(pk=person.pk).update(**person.MAIL_ARRIVES)
    Event.objects.record(person, "person.mail_arrives", actor=by, channel=Event.Channel.ADMIN)
    return True


def _locked(person):
    return type(person).objects.select_for_update(no_key=True).get(pk=person.pk)
