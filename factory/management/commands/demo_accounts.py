"""``manage.py demo_accounts``: who can sign in to the demo, and how."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from factory.contributions import gather

HEAD = ("Role", "E-mail address", "Password", "Second factor (secret for your app)")


class Command(BaseCommand):
    help = "Show the demo's accounts with their passwords and second factors."
    requires_system_checks = []

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("There are no demo accounts on a site in production.")
        with translation.override("en"):  # what a terminal says is English throughout
            shown = [account for accounts in gather("demo_accounts") for account in accounts()]
            rows = [tuple(map(str, account.values())) for account in shown]
        if rows:
            for line in columns([HEAD, *rows]):
                self.stdout.write(line)


def columns(rows):
    """The rows as lines of text, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
