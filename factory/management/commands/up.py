"""Everything in one go: servers, tables, demo data, web, worker, beat and mail catcher."""

import contextlib
import os
import sys

import psycopg2
from celery import Celery
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.core.management.base import BaseCommand
from psycopg2 import sql

from factory.local.supervisor import Stopped, Supervisor
from factory.local.trouble import Trouble


class Command(BaseCommand):
    help = "Start the whole platform on this machine; Ctrl-C stops it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--without-demo", action="store_true", help="start empty")

    def handle(self, *, port, without_demo, **options):
        known = get_commands()
        supervisor = Supervisor(number(port), first_task=send_heartbeat)
        try:
            supervisor.run(
                accounts=["demo_accounts"] if "demo_accounts" in known else [],
                demo=["demo_data"] if "demo_data" in known and not without_demo else [],
                has_people=has_people,
            )
        except Stopped:
            return
        except Trouble as trouble:
            sys.exit(str(trouble))


def number(port):
    if not port.isdigit():
        sys.exit(f"PORT must be a number, and {port!r} is none.")
    return int(port)


def has_people(url):
    """Whether anybody but the Factory itself is registered."""
    people = sql.Identifier(get_user_model()._meta.db_table)
    with contextlib.closing(psycopg2.connect(url)) as connection:
        cursor = connection.cursor()
        cursor.execute(sql.SQL("SELECT count(*) > 1 FROM {}").format(people))
        return cursor.fetchone()[0]


def send_heartbeat(url):
    """The first task of this run: once it is done, the worker is known to work."""
    app = Celery(broker=url)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    app.send_task("factory.tasks.heartbeat", ignore_result=True)
