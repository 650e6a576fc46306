"""``manage.py demo_data``: an invented network to try everything on."""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from factory import demo


class Command(BaseCommand):
    help = "Make the demo network. With --scale 100, add one a hundred times larger in bulk."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1)

    def handle(self, *, scale, **options):
        if settings.PRODUCTION:
            raise CommandError("Invented people do not belong on a site in production.")
        self.began = time.monotonic()
        if self.is_empty():
            demo.make(self.say)
        elif scale == 1:
            raise CommandError("There are people here already: run make reset first.")
        if scale > 1:
            self.say(
                "In bulk from here: these rows are loaded past the moves, and the journal says so."
            )
            demo.enlarge(scale, self.say)

    def is_empty(self):
        return not get_user_model().objects.filter(is_the_factory=False).exists()

    def say(self, words):
        self.stdout.write(f"[{time.monotonic() - self.began:5.1f} s] {words}")
        self.stdout.flush()
