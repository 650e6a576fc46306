"""Closing an account: the person goes, the journal stays and keeps its number.

Apps name ``closing_stops`` (``person`` → reasons, in words, why it cannot be done yet) and ``forget_person``
(removes what the app holds of this person alone).
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from factory.contributions import gather
from factory.notices.models import Notice, Preference


def stops(person):
    """What has to be done first, in words; empty when nothing has."""
    found = [reason for ask in gather("closing_stops") for reason in ask(person)]
    if person.is_superuser and not other_administrators(person).exists():
        found.append(_("You are the only administrator. Make somebody else one first."))
    return found


def other_administrators(person):
    """The administrators but this one."""
    people = type(person).objects.filter(is_superuser=True, is_active=True)
    return people.exclude(pk=person.pk)


@transaction.atomic
def close_account(person):
    """Remove who it was. Sessions end, because the password changes with it."""
    type(person).objects.select_for_update().get(pk=person.pk)
    for forget in gather("forget_person"):
        forget(person)
    for model in (EmailAddress, Authenticator, Preference):
        field = "person" if model is Preference else "user"
        model.objects.filter(**{field: person}).delete()
    Notice.objects.filter(recipient=person).delete()
    Notice.objects.filter(address__iexact=person.email).delete()
    person.name, person.phone, person.job = _("Somebody who has left"), "", ""
    person.email = f"left-{person.pk}@people.invalid"
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
