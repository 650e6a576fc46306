"""Makes the first administrator, who then invites the others."""

import sys

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction

from factory.accounts import way_to_a_password


class Command(BaseCommand):
    help = "Make the first administrator and show a link, good for once, to choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--name", default="Administrator")

    def handle(self, *, email, name, **options):
        people = get_user_model().objects
        try:
            validate_email(email)
        except ValidationError:
            sys.exit("Name a mail address: make create-first-admin EMAIL=you@example.org")
        if people.filter(is_superuser=True, is_active=True).exists():
            sys.exit("There is an administrator already, who can make the next one.")
        if people.filter(email__iexact=email).exists():
            sys.exit(f"{email} already has an account.")
        with transaction.atomic():
            person = people.create_superuser(email, name=name)
            EmailAddress.objects.create(
                user=person, email=person.email, verified=True, primary=True
            )
        self.stdout.write(
            f"Choose a password here, once: {settings.SITE_URL}{way_to_a_password(person)}\n"
            "Then sign in and set up a second factor: staff pages ask for it."
        )
