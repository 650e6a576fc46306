"""``manage.py verify_journal``: says whether the journal still says what it said."""

from django.core.management.base import BaseCommand, CommandError

from factory.journal.models import Event, Seal
from factory.journal.sealing import faults


class Command(BaseCommand):
    """Checks every chain and seal; exit 1 with one line a fault. Prints the last seal for keeping elsewhere."""

    help = __doc__

    def handle(self, **options):
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in the journal.")
        last = Seal.objects.order_by("-pk").first()
        self.stdout.write(
            f"{Event.objects.count()} events hold. Last seal: {last.hash if last else 'none'}"
        )
