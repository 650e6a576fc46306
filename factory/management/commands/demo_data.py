"""``manage.py demo_data``: an invented network to try everything on."""

import os
import subprocess
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from factory import bulk, demo
from factory.local.backup import owner_url
from factory.local.trouble import Trouble
from factory.progress import teller


class Command(BaseCommand):
    help = "Make the demo network. With --scale 100, load one a hundred times larger on top."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1)

    def handle(self, *, scale, **options):
        if settings.PRODUCTION:
            raise CommandError("Invented people do not belong on a site in production.")
        if not settings.AS_OWNER and (scale > 1 or "DATABASE_URL" not in os.environ):
            sys.exit(as_owner(scale))
        self.say = teller(self.stdout)
        if is_empty():
            demo.make(self.say)
        elif scale == 1:
            raise CommandError("There is a network here already: run make reset first.")
        if scale > 1:
            self.say("From here rows are loaded in bulk, past the moves; the journal says so once.")
            bulk.enlarge(scale * demo.LISTINGS, self.say)


def is_empty():
    return not get_user_model().objects.filter(is_the_factory=False).exists()


def as_owner(scale):
    """The same command with the rights of the tables' owner, who alone may go past the moves."""
    try:
        with owner_url(make_one=True) as url:
            rights = {"AS_DATABASE_OWNER": "1", "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
            return run(["prepare"], rights) or run(["demo_data", "--scale", str(scale)], rights)
    except Trouble as trouble:
        return str(trouble)


def run(words, rights):
    """A management command in a process of its own; 0 when it went well."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.call(command, cwd=settings.ROOT, env=os.environ | rights)
