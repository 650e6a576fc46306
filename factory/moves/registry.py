"""A model's lifecycle, and the clock that makes what is due."""

from factory import clock
from factory.journal.models import Event
from factory.moves.errors import Busy, NotNow
from factory.moves.move import NEW, FactoryMove, Move, is_the_factory, way_in
from factory.moves.taking_back import BACK, TakeBack, taken_back

registry = {}


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

    def take_back(self, may, undoes, unless=None):
        """Register ``take_back``, by which a coordinator undoes one of ``undoes`` until its mail leaves."""
        sources = [state for move in undoes for state in (move.ends_in or move.sources)]
        record = self._record(TakeBack, self, sources, BACK, may, (), unless=unless, undoes=undoes)
        return record(taken_back(undoes))

    def by_phone(self, *moves):
        """These may be noted by a coordinator for whoever may make them."""
        for move in moves:
            move.by_phone = True

    def _record(self, kind, shelf, sources, to, may, tells, **rest):
        def record(body):
            move = kind(
                body.__name__, self.model, body, frozenset(sources), to, may, list(tells), **rest
            )
            move.__doc__, move.lifecycle = body.__doc__, self
            shelf[move.name] = move
            return move

        return record

    def every(self):
        """All moves, the machine's too."""
        return {**self, **self.factory}

    def open_to(self, person, thing):
        """The moves this person can make here, in the order they were written."""
        possible = [move for move in self.values() if not move.begins and move.possible(thing)]
        rules = {move.may for move in possible}  # several moves share one; each costs a query
        verdicts = {may: may.test(person, thing) for may in rules}
        return [move for move in possible if verdicts[move.may]]


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
