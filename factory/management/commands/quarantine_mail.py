"""After a restore: holds what was waiting, for it may have been sent since the backup was made."""

from django.core.management.base import BaseCommand

from factory.notices.models import Notice


class Command(BaseCommand):
    help = "Hold every waiting notice until a coordinator releases it."
    requires_system_checks = []

    def handle(self, **options):
        held = Notice.objects.quarantine()
        self.stdout.write(f"{held} notices are held")
