"""Sealing the journal and checking that nobody rewrote it."""

import hashlib

from django.db import connection, transaction

from factory.journal.models import Event, Seal, Sealed


@transaction.atomic
def seal_new_events(limit=10_000):
    """Chain all events that no seal holds yet into one; returns the seal, or None if there are none."""
    _one_sealer_at_a_time()
    last = Seal.objects.order_by("-pk").first()
    events = list(Event.objects.filter(sealed=None).order_by("pk")[:limit])
    if not events:
        return None
    previous = last.hash if last else ""
    seal = Seal.objects.create(previous_hash=previous, hash=_chained(previous, events))
    Sealed.objects.bulk_create(Sealed(event=event, seal=seal) for event in events)
    return seal


def _one_sealer_at_a_time():
    # An advisory lock, as the application may not lock rows that it may not change.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal.seal'))")


def faults():
    """Every place where the journal does not say what it said: one line a fault, in plain words."""
    yield from _broken_things()
    yield from _broken_seals()


def _broken_things():
    expected = {}
    for event in Event.objects.order_by("thing_type", "thing_id", "number").iterator():
        thing = (event.thing_type, event.thing_id)
        number, previous = expected.get(thing, (1, ""))
        if event.number != number:
            yield f"{thing}: event {number} is missing"
        elif event.previous_hash != previous:
            yield f"{thing}: event {event.number} does not follow the one before it"
        if event.computed_hash() != event.hash:
            yield f"{thing}: event {event.number} was changed"
        expected[thing] = (event.number + 1, event.hash)


def _broken_seals():
    previous = ""
    for seal in Seal.objects.order_by("pk").iterator():
        events = list(Event.objects.filter(sealed__seal=seal).order_by("pk"))
        if seal.previous_hash != previous or seal.hash != _chained(previous, events):
            yield f"seal {seal.pk} does not hold"
        previous = seal.hash


def _chained(previous, events):
    return hashlib.sha256("".join([previous, *(e.hash for e in events)]).encode()).hexdigest()
