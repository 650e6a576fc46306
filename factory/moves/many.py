"""The beginning of many things by one move: same checks and journal, one statement a table."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from factory.journal.models import Event
from factory.moves.locks import outermost
from factory.moves.move import way_in_now


def begin_many(move, things, *, by):
    """Make ``move`` (of ``Moves.begin``) for many new things: ``[(thing, details)]``. Returns the events.

    Only for a move that tells nobody: notices are for what happens to one thing. What follows a move
    is run for each thing, so give it no details that cost a query; relate such rows in bulk instead.
    """
    if not move.begins or move.tells:
        raise ValueError(f"{move} cannot be made for many.")
    return outermost(lambda: _begun(move, things, by))


@transaction.atomic
def _begun(move, things, by):
    codes = []
    for thing, details in things:
        if not move.may.test(by, thing):
            raise PermissionDenied(move)
        thing.state = move.to
        codes.append(move.body(thing, by=by, **details))
    move.model._base_manager.bulk_create([thing for thing, _details in things], batch_size=500)
    events = Event.objects.record_births(
        [(thing, code) for (thing, _details), code in zip(things, codes, strict=True)],
        verb=move.verb,
        actor=by,
        channel=way_in_now(),
    )
    for (thing, details), event in zip(things, events, strict=True):
        for follow in move.follows:
            follow(thing, event, **details)
    return events
