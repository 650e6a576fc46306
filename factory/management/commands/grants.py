"""``manage.py grants``: what the application's role may do, and the cache's table."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from factory.environment import database

JOURNAL = "journal_event, journal_seal, journal_sealed"


class Command(BaseCommand):
    """Run as the owner, after every migrate. The application may add to the journal, never change it."""

    help = __doc__

    def handle(self, **options):
        call_command("createcachetable")
        role = database(settings.DATABASE_URL)["USER"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if role and role != cursor.fetchone()[0]:
                cursor.execute(grants(connection.ops.quote_name(role)))


def grants(role):
    """The SQL that opens every table to the application, and the journal only for reading and adding."""
    return f"""
        GRANT USAGE ON SCHEMA public TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
        REVOKE UPDATE, DELETE, TRUNCATE ON {JOURNAL} FROM {role};
    """
