"""``manage.py public_bodies``: list the municipalities and provinces that are not here yet."""

from django.conf import settings
from django.core.management.base import BaseCommand

from partners.public_bodies import lay

# In a demo anybody may try to join; in production a coordinator looks at every domain first.
FOR_A_TRIAL = "only for the demo: nobody looked"


class Command(BaseCommand):
    """Run as the owner (AS_DATABASE_OWNER=1), after every migrate."""

    help = __doc__

    def handle(self, *, verbosity, **options):
        came = lay(seen=FOR_A_TRIAL if settings.MODE == "demo" else "")
        if verbosity:
            self.stdout.write(f"{came} municipalities and provinces came into the registry.")
