"""``manage.py rescue_last_admin``: a way back in for the only administrator, who lost phone and spare codes.

Of everybody else it is somebody of the Factory who decides (``factory.coordination.lifecycle.lost_factor``). About
the last administrator nobody is left, but whoever runs the site.
"""

import sys

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from factory.accounts import way_to_a_password
from factory.coordination.lifecycle.lost_factor import begin_anew, stop
from factory.coordination.models import LostFactor
from factory.journal.models import Event
from factory.moves import the_factory
from factory.notices.outbox import post


class Command(BaseCommand):
    help = "Take the lost second step of the only administrator away, and show a link, good for once, to come back."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?", default="")

    def handle(self, *, email, **options):
        with transaction.atomic():
            people = get_user_model().objects.select_for_update()
            admins = list(people.filter(is_superuser=True, is_active=True).order_by("pk"))
            found = [person for person in admins if person.email.lower() == email.strip().lower()]
            if not found:
                sys.exit(
                    "Name the mail address of an administrator: make rescue-last-admin EMAIL=…"
                )
            if len(admins) > 1:
                sys.exit(
                    "There is another administrator, who decides about it. Sign in with the password and "
                    "choose “I lost my phone and my spare codes”."
                )
            path = rescue(found[0])
        self.stdout.write(
            f"Choose a password here, once: {settings.SITE_URL}{path}\n"
            "Then sign in and set up a new second factor: no page opens before. Every address of the "
            "account hears of this by mail. Make somebody else an administrator too."
        )


def rescue(person):
    """Take password and second step away, tell every address, write it down; returns the way back in."""
    for lost in LostFactor.objects.under_way().filter(person=person):
        stop(lost, by=person)
    begin_anew(person)
    Event.objects.record(person, "person.rescue", actor=the_factory(), channel="command")
    mine = EmailAddress.objects.filter(user=person, verified=True)
    with translation.override(person.language):
        for address in {person.email, *mine.values_list("email", flat=True)}:
            post(address, _("Old second step gone"), _letter())
    return way_to_a_password(person)


def _letter():
    return _(
        "Whoever runs this site took the second step and the password of your account away, because you "
        "are the only administrator and said that you lost your phone and spare codes. Every session has "
        "ended.\n\nWas this not you? Then call whoever runs the site at once."
    )
