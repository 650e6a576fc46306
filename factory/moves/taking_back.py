"""Taking back: a coordinator's move that sends mail can be undone until its mail leaves."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.models import Undoable, time_to_think
from factory.moves.before import bring_back, stands_as_left
from factory.moves.locks import lock
from factory.moves.move import Move, registry, the_factory
from factory.notices.models import Notice
from factory.notices.sight import thing_of

BACK = "back"  # to the state before
NAME = "take_back"


@dataclass(eq=False, repr=False)
class TakeBack(Move):
    """Undoes the last change if it was one of ``undoes``, with all that followed it in the same transaction.

    ``born``: where a thing goes that the move had begun, as a thing with a state is never deleted; ``tidy(thing)``
    sets what it must say there.
    """

    undoes: list = field(default_factory=list)
    born: dict = field(default_factory=dict)
    tidy: object = None
    due = None

    def also(self, undoes, born=None):
        """It undoes these too: ``{move: touches}``, ``touches(thing)`` giving the other rows it changes."""
        self.undoes += undoes
        self.born |= born or {}
        for move, touches in undoes.items():
            move.touches = touches
            self.sources |= move.sources if move.to is None else {move.to}

    def last(self, thing):
        """The move that would be taken back, and its event; (None, None) if it is another one."""
        event = last_change(thing, self.undoes)
        move = self._undone(event) if event else None
        return (move, event) if move and event.actor.is_staff else (None, None)

    def _undone(self, event):
        return next((move for move in self.undoes if move.verb == event.verb), None)

    def missing(self, thing):
        _move, event = self.last(thing)
        found = Undoable.objects.together(event) if event else []
        if not found or not Notice.objects.all_wait([one.event for one in found]):
            return [_("The mail has already been sent.")]
        if went_on(found) or not stands_as_left([row for one in found for row in one.rows]):
            return [_("Somebody has gone on with it since.")]
        return list((self.unless and self.unless(thing)) or [])

    def _target(self, thing):
        return self._before(*self.last(thing))

    def _before(self, move, event):
        return self.born[move] if move.begins else event.from_state

    def undo(self, thing, *, by):
        """The body: stop the mail, and bring back what the move and what followed it had changed."""
        move, event = self.last(thing)
        found = Undoable.objects.together(event)
        for kept in found:
            if kept.event_id == event.pk:
                self._bring_back(thing, kept)
            else:
                follower = thing_of(kept.event)
                registry[follower.label()].every()[NAME].goes_along(follower, kept, by)
        Notice.objects.stop_all([kept.event for kept in found])
        thing.undone = event
        return {"took_back": move.name}

    def _done(self, thing, *said):
        back = super()._done(thing, *said)
        Undoable.objects.filter(
            root=thing.undone
        ).delete()  # the database lets things back while it is there
        return back

    def _bring_back(self, thing, kept):
        bring_back(thing, kept.rows)
        if self.tidy and self._undone(kept.event).begins:
            self.tidy(thing)

    def goes_along(self, thing, kept, by):
        """Undo what followed a move that is taken back; the journal says so of this thing too."""
        lock(thing)
        move = self._undone(kept.event)
        origin, thing.state = thing.state, self._before(move, kept.event)
        self._bring_back(thing, kept)
        thing.save()
        codes = {"took_back": move.name}
        how = {"actor": the_factory(), "on_behalf_of": by, "details": codes}
        back = Event.objects.record(thing, self.verb, origin=origin, to=thing.state, **how)
        for follow in self.follows:
            follow(thing, back)


def last_change(thing, undoes):
    """The last event that changed the state, or is one of ``undoes``; what was taken back does not count."""
    changed = ~Q(from_state=F("to_state")) | Q(verb__in=[move.verb for move in undoes])
    changed |= Q(verb__endswith=f".{NAME}")
    back = 0
    for event in Event.objects.about(thing).filter(changed).select_related("actor").reverse()[:20]:
        if "took_back" in event.details:
            back += 1
        elif back:
            back -= 1
        else:
            return event
    return None


def still_waits():
    """For a query of events, one for a whole page: whether their time runs and none of their mail has left."""
    together = Undoable.objects.filter(root=OuterRef("pk"), root__at__gte=Now() - time_to_think())
    mail = Notice.objects.filter(event__undoable__root=OuterRef("pk")).left()
    return Exists(together) & ~Exists(mail)


def went_on(found):
    """Whether one of these things went on after its state was changed: notes are no news."""
    return any(_went_on(one.event, found) for one in found)


def _went_on(event, found):
    if event.from_state == event.to_state:
        return False
    later = Event.objects.filter(thing_type=event.thing_type, thing_id=event.thing_id)
    later = later.filter(number__gt=event.number).exclude(verb__endswith=".note")
    return later.exclude(pk__in=[one.event_id for one in found]).exists()
