"""What holds of every move that a coordinator takes back: all is as it was, and nobody hears of it."""

import copy

from django.db import connection

from factory.journal.models import Event
from factory.moves import moves_of
from factory.notices.models import Notice
from tests.whole import whole


def take_back(thing, by):
    """Take the last move back, and let PostgreSQL say its last word on it at once."""
    moves_of(thing)["take_back"](thing, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def heard_since(event):
    """What is still told of an event and what came after it."""
    told = Notice.objects.filter(event__gte=event.pk)
    return told.filter(channel="mail", status="waiting") | told.filter(
        channel="inbox", shown_at__isnull=False
    )


def assert_it_is_as_it_was(thing, move, by, details):
    """Move, take back, compare the whole database, and move once more."""
    before, said = whole(), copy.deepcopy(details)
    event = move(thing, by=by, **details)
    assert Notice.objects.filter(event__gte=event.pk, channel="mail").exists()
    take_back(thing, by)
    assert whole() == before
    assert not heard_since(event).exists()
    assert Event.objects.about(thing).last().details == {"took_back": move.name}
    again = type(thing).objects.get(pk=thing.pk)
    move(again, by=by, **said)
