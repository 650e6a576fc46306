"""A move is the only way a thing changes state.

    moves = Moves(Match)

    @moves.add(State.SUGGESTED, to=State.APPROVED, may=is_coordinator, tells=[asks(suppliers, "accept")])
    def approve(match, *, by):
        \"\"\"A coordinator vouches for the match.\"\"\"

``approve(match, by=cleo)`` in one transaction: lock the row, look whether the move is possible from here
(else :class:`NotNow`), whether Cleo may (else ``PermissionDenied``) and whether something is still missing
(else :class:`Missing`); run the body; save; write the journal; write the notices; run what follows.
All of it or none of it. The function's name is the button, the URL and the journal's verb.
"""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import rules
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from factory import clock
from factory.journal.models import Event
from factory.notices.telling import tell

STAYS = None
NEW = "new"
RETRIED = {"40001", "40P01"}
LOCK_TIMEOUT = "55P03"

registry = {}
_making = ContextVar("making", default=False)
_way_in = ContextVar("way_in", default=Event.Channel.COMMAND)


class NotNow(Exception):
    """The thing has moved on. ``event`` is the last thing that happened to it, or None."""

    def __init__(self, thing, event=None):
        self.thing, self.event = thing, event
        super().__init__(_("This is no longer possible."))


class Missing(Exception):
    """Something must be there first; ``reasons`` says what, in words."""

    def __init__(self, reasons):
        self.reasons = list(reasons)
        super().__init__(" ".join(map(str, self.reasons)))


class Already(Exception):
    """This request was carried out before. ``same`` says whether it held the same content."""

    def __init__(self, event, same):
        self.event, self.same = event, same
        super().__init__(_("This was sent before."))


class Busy(Exception):
    """Somebody else holds this thing too long; nothing was done and it can be tried again."""


@dataclass(frozen=True)
class Token:
    """What a form carries so that sending it twice does it once."""

    value: str
    digest: str

    @classmethod
    def of(cls, value, data):
        """``data``: the posted pairs, without the token itself."""
        said = "\x1f".join(f"{k}\x1e{v}" for k, v in sorted(data) if k != "token")
        return cls(value[:64], hashlib.sha256(said.encode()).hexdigest())


def the_factory():
    """The one Person by whom the machine acts; nobody can sign in as it."""
    return get_user_model().objects.the_factory()


class way_in:  # noqa: N801 - reads as a word in a with-statement
    """``with way_in("mail"):`` the journal notes by which way the moves inside were made."""

    def __init__(self, channel):
        self.channel = channel

    def __enter__(self):
        self.token = _way_in.set(self.channel)

    def __exit__(self, *error):
        _way_in.reset(self.token)


@dataclass(eq=False)
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
    follows: list = field(default_factory=list)
    do_not_call_in_templates = True  # else {{ move.name }} would try to make the move

    @property
    def verb(self):
        return f"{self.model._meta.model_name}.{self.name}"

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
        """Make the move. Returns the journal's event; raises as the module says."""
        return _outermost(lambda: self._make(thing, by, on_behalf_of, token, details))

    @transaction.atomic
    def _make(self, thing, by, on_behalf_of, token, details):
        if token:
            _once(by, token)
        if thing.pk:
            _lock(thing)
        self._checked(thing, by)
        origin, thing.state = thing.state, thing.state if self.to is STAYS else self.to
        codes = self.body(thing, by=by, **details)
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
        return event

    def _checked(self, thing, by):
        if not self.possible(thing):
            raise NotNow(thing, Event.objects.about(thing).last())
        if not self.may.test(by, thing):
            raise PermissionDenied(self)
        if reasons := self.missing(thing):
            raise Missing(reasons)


@dataclass(eq=False)
class FactoryMove(Move):
    """A move that only the machine makes, on behalf of the person whose move led to it. No URL serves it."""

    due: Callable | None = None

    def __call__(self, thing, *, by=None, **rest):
        return super().__call__(thing, by=the_factory(), **rest)

    def _checked(self, thing, by):
        super()._checked(thing, by)
        # Judged again by the database's clock, now that the row is locked.
        if self.due and not self.due(clock.now()).filter(pk=thing.pk).exists():
            raise NotNow(thing, Event.objects.about(thing).last())


is_the_factory = rules.predicate(lambda person, thing: person.is_the_factory, name="is_the_factory")


class Moves(dict):
    """A model's lifecycle: its moves by name. ``factory`` holds those that no URL serves."""

    def __init__(self, model):
        super().__init__()
        self.model, self.factory = model, {}
        registry[model._meta.label_lower] = self

    def add(self, *sources, to, may, tells=(), form=None, unless=None, final=False):
        """Register a move that people make. ``final``: it cannot be taken back, so it asks first."""
        return self._record(
            Move, self, sources, to, may, tells, form=form, unless=unless, final=final
        )

    def begin(self, *, to, may, tells=(), form=None, unless=None):
        """Register the move by which a thing comes to be."""
        return self._record(Move, self, [NEW], to, may, tells, form=form, unless=unless)

    def by_the_factory(self, *sources, to, tells=(), due=None):
        """Register a move of the machine; ``due(now)`` gives the things whose time has come."""
        return self._record(FactoryMove, self.factory, sources, to, is_the_factory, tells, due=due)

    def _record(self, kind, shelf, sources, to, may, tells, **rest):
        def record(body):
            move = kind(
                body.__name__, self.model, body, frozenset(sources), to, may, list(tells), **rest
            )
            move.__doc__ = body.__doc__
            shelf[move.name] = move
            return move

        return record

    def every(self):
        """All moves, the machine's too."""
        return {**self, **self.factory}

    def open_to(self, person, thing):
        """The moves this person can make here, in the order they were written."""
        return [move for move in self.values() if not move.begins and move.open_to(person, thing)]


def moves_of(thing):
    """The lifecycle of a thing or a model."""
    return registry[thing._meta.label_lower]


def make_due_moves(limit=200):
    """Make every clock-driven move whose time has come; returns how many were made."""
    made = 0
    for moves in list(registry.values()):
        for move in moves.factory.values():
            if move.due:
                made += sum(_made(move, thing) for thing in move.due(clock.now())[:limit])
    return made


def _made(move, thing):
    try:
        with way_in(Event.Channel.CLOCK):
            move(thing)
    except (NotNow, Busy):
        return 0
    return 1


def _outermost(make):
    """Only the outermost move retries a deadlock; a lock not had in time becomes :class:`Busy`."""
    if _making.get():
        return make()
    token = _making.set(True)
    try:
        return _retried(make)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") in RETRIED | {LOCK_TIMEOUT}:
            raise Busy from error
        raise
    finally:
        _making.reset(token)


def _retried(make):
    try:
        return make()
    except OperationalError as error:
        again = getattr(error.__cause__, "pgcode", "") in RETRIED
        if connection.in_atomic_block or not again:
            raise
        return make()


def _once(by, token):
    """One request at a time for a token, and only one ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.pk}:{token.value}"]
        )
    if event := Event.objects.with_token(by, token):
        raise Already(event, same=event.token_digest == token.digest)


def _lock(thing):
    for rows in thing.locks_first():
        list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))
    fresh = type(thing)._base_manager.select_for_update(no_key=True, of=("self",))
    thing.refresh_from_db(from_queryset=fresh)
