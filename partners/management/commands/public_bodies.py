"""``manage.py public_bodies``: list the municipalities and provinces that are not here yet."""

from django.core.management.base import BaseCommand

from partners.public_bodies import lay


class Command(BaseCommand):
    """Run as the owner (AS_DATABASE_OWNER=1), after every migrate."""

    help = __doc__

    def handle(self, *, verbosity, **options):
        came = lay()
        if verbosity:
            self.stdout.write(f"{came} municipalities and provinces came into the registry.")
