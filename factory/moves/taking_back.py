"""Taking back: a coordinator's move that sends mail can be undone until its mail leaves."""

from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.moves.move import Move
from factory.notices.models import Notice

BACK = "back"  # to the state before


@dataclass(eq=False, repr=False)
class TakeBack(Move):
    """Undoes the last change if it was one of ``undoes``: ``{move: what its body set, undone}``.

    Those functions take the thing and may give reasons why it cannot be undone any more.
    """

    undoes: dict = field(default_factory=dict)

    def last(self, thing):
        """The move that would be taken back, and its event; (None, None) if it is another one."""
        event = last_change(thing, self.undoes)
        move = next((move for move in self.undoes if event and move.verb == event.verb), None)
        return (move, event) if move and event.actor.is_staff else (None, None)

    def missing(self, thing):
        move, _event = self.last(thing)
        if move is None or not Notice.objects.can_be_taken_back(thing, move.verb):
            return [_("The mail has already been sent.")]
        return list((self.unless and self.unless(thing)) or [])

    def _target(self, thing):
        return self.last(thing)[1].from_state


def last_change(thing, undoes):
    """The last event that changed the state, or that is one of ``undoes`` though the state stayed."""
    changed = ~Q(from_state=F("to_state")) | Q(verb__in=[move.verb for move in undoes])
    return Event.objects.about(thing).filter(changed).select_related("actor").last()


def taken_back(undoes):
    """The body of such a move: stop the mail, and undo what the move had set."""

    def take_back(thing, *, by):
        """A coordinator changes their mind before the mail has left."""
        changed = last_change(thing, undoes)
        move = next(move for move in undoes if move.verb == changed.verb)
        Notice.objects.take_back(thing, move.verb)
        undoes[move](thing)
        return {"took_back": move.name}

    return take_back
