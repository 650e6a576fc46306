"""Makes the first administrator, who then invites the others."""

import secrets
import sys

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction


class Command(BaseCommand):
    help = "Make the first administrator and show a password that is shown once."

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
        password = secrets.token_urlsafe(15)
        with transaction.atomic():
            person = people.create_superuser(email, password, name=name)
            EmailAddress.objects.create(
                user=person, email=person.email, verified=True, primary=True
            )
        self.stdout.write(
            f"Sign in at {settings.SITE_URL}/accounts/login/ as {email} with password {password}\n"
            "Set up a second factor there: staff pages ask for it."
        )
