"""One way for a thing to change: made by people, or by the machine."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import rules
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction

from factory import clock
from factory.journal.models import Event
from factory.moves.errors import Missing, NotNow
from factory.moves.locks import lock, outermost
from factory.moves.standing_in import in_the_place_of, may_stand_in, represented
from factory.moves.token import once
from factory.notices.telling import tell

STAYS = None
NEW = "new"

_way_in = ContextVar("way_in", default=Event.Channel.COMMAND)


def the_factory():
    """The one Person by whom the machine acts; nobody can sign in as it."""
    return get_user_model().objects.the_factory()


class way_in:
    """``with way_in("mail"):`` the journal notes by which way the moves inside were made."""

    def __init__(self, channel):
        self.channel = channel

    def __enter__(self):
        self.token = _way_in.set(self.channel)

    def __exit__(self, *error):
        _way_in.reset(self.token)


def way_in_now():
    """By which way moves are made at this moment."""
    return _way_in.get()


@dataclass(eq=False, repr=False)
class Move:
    """One way for a thing to change. Call it with the thing and ``by``."""

    name: str
    model: type
    body: Callable
    sources: frozenset
    to: object
    may: rules.Predicate
    tells: list = field(default_factory=list)
    form: type | None = None
    unless: Callable | None = None
    final: bool = False
    by_phone: bool = False  # whether a coordinator may note it for somebody
    follows: list = field(default_factory=list)
    lifecycle: dict = field(default_factory=dict)  # this move and its fellows, by name
    do_not_call_in_templates = True  # else {{ move.name }} would try to make the move

    def __repr__(self):
        return self.verb

    @property
    def verb(self):
        return f"{self.model._meta.model_name}.{self.name}"

    @property
    def ends_in(self):
        """The states in which it may end, if it changes the state."""
        return () if self.to is STAYS else (self.to,)

    @property
    def begins(self):
        """Whether this move makes the thing in the first place."""
        return NEW in self.sources

    def then(self, function):
        """Register what happens next in the same transaction: ``function(thing, event, **details)``."""
        self.follows.append(function)
        return function

    def possible(self, thing):
        return (NEW if thing.pk is None else thing.state) in self.sources

    def open_to(self, person, thing):
        """Whether this person sees the button here."""
        return self.possible(thing) and self.may.test(person, thing)

    def missing(self, thing):
        """What must be there first, in words; empty when nothing is."""
        return list(self.unless(thing)) if self.unless else []

    def __call__(self, thing, *, by, on_behalf_of=None, token=None, **details):
        """Make the move. Returns the journal's event; raises as the module says.

        A coordinator may note what somebody told them: ``by`` is the coordinator, ``on_behalf_of`` whose deed
        it is, and both must be allowed.
        """
        return outermost(lambda: self._make(thing, by, on_behalf_of, token, details))

    def _make(self, *said):
        # Replayed moves stand or fall together; a savepoint for each is a fifth of their queries.
        with transaction.atomic(savepoint=not clock.replaying()):
            return self._made(*said)

    def _made(self, thing, by, on_behalf_of, token, details):
        if token:
            once(by, token)
        if thing.pk:
            lock(thing)
        self._checked(thing, by, on_behalf_of)
        origin, thing.state = thing.state, self._target(thing)
        codes = self.body(thing, by=self._whose(by, on_behalf_of), **details)
        thing.save()
        how = {"on_behalf_of": on_behalf_of, "channel": _way_in.get()}
        if token:
            how |= {"token": token.value, "token_digest": token.digest}
        event = Event.objects.record(
            thing, self.verb, actor=by, origin=origin or "", to=thing.state, details=codes, **how
        )
        for follow in self.follows:
            follow(thing, event, **details)
        tell(self, thing, event)
        self._asked_whether_right(thing, event)
        return event

    def _checked(self, thing, by, on_behalf_of):
        if not self.possible(thing):
            raise NotNow(thing, Event.objects.about(thing).last())
        if not self._allowed(thing, by, on_behalf_of):
            raise PermissionDenied(self)
        if reasons := self.missing(thing):
            raise Missing(reasons)

    def _target(self, thing):
        return thing.state if self.to is STAYS else self.to

    def _whose(self, by, on_behalf_of):
        return in_the_place_of(on_behalf_of, by) if on_behalf_of else by

    def _allowed(self, thing, by, on_behalf_of):
        if on_behalf_of is None:
            return self.may.test(by, thing)
        told = self.by_phone and may_stand_in(by, on_behalf_of)
        return told and self.may.test(on_behalf_of, thing)

    def _asked_whether_right(self, thing, event):
        for follow in represented if event.on_behalf_of_id else ():
            follow(thing, event)


@dataclass(eq=False, repr=False)
class FactoryMove(Move):
    """A move that only the machine makes, on behalf of the person whose move led to it. No URL serves it."""

    due: Callable | None = None

    def __call__(self, thing, *, by=None, **rest):
        return super().__call__(thing, by=the_factory(), **rest)

    def _checked(self, thing, by, on_behalf_of):
        super()._checked(thing, by, on_behalf_of)
        # Judged again by the database's clock, now that the row is locked.
        if self.due and not self.due(clock.now()).filter(pk=thing.pk).exists():
            raise NotNow(thing, Event.objects.about(thing).last())

    def _whose(self, by, on_behalf_of):
        return by

    def _allowed(self, thing, by, on_behalf_of):
        return self.may.test(by, thing)

    def _asked_whether_right(self, thing, event):
        """Nobody is asked: the machine follows from what people did."""


is_the_factory = rules.predicate(lambda person, thing: person.is_the_factory, name="is_the_factory")
