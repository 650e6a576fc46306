"""Every move that a coordinator may make and that tells somebody can be taken back, or asks first.

What a move tells is read off the code: its own notices, and those of every move that its body or what follows it names.
"""

import dis
from itertools import pairwise
from types import FunctionType, ModuleType

import pytest
import rules

from factory.moves import BACK, STAYS, Move, Moves, registry
from factory.notices.telling import informs
from market.models import Match
from partners.rules import is_coordinator
from tests.shape.code import PACKAGES
from tests.shape.test_moves import walked

# Who a coordinator is in a rule, by whatever name an app has for it.
COORDINATES = {"is_coordinator", "decides_about_a_factor", "looks"}


def by_a_coordinator(move):
    """Whether a coordinator as such may make it; who chairs a jury does so as its chair."""
    named = set(move.may.name.replace("(", " ").replace(")", " ").split())
    return bool(named & COORDINATES)


def ours(thing):
    return getattr(thing, "__module__", "").partition(".")[0] in (*PACKAGES, "tests")


def named_by(code, names):
    """What the code of a function names in ``names``: also ``module.name``."""
    steps = [*dis.get_instructions(code), None]
    for step, then in pairwise(steps):
        only_told_of = then and then.opname == "LOAD_ATTR" and then.argval in {"verb", "name"}
        if (
            step.opname in {"LOAD_GLOBAL", "LOAD_NAME"}
            and step.argval in names
            and not only_told_of
        ):
            yield names[step.argval]
    modules = [names[name] for name in code.co_names if isinstance(names.get(name), ModuleType)]
    for module in modules:
        yield from (getattr(module, name) for name in code.co_names if hasattr(module, name))
    for const in code.co_consts:
        if hasattr(const, "co_names"):
            yield from named_by(const, names)


def reached(function, seen=None):
    """Every move that a function of ours makes, itself or by what it calls."""
    seen = set() if seen is None else seen
    if not isinstance(function, FunctionType) or function in seen or not ours(function):
        return
    seen.add(function)
    held = [cell.cell_contents for cell in function.__closure__ or ()]
    for found in [*named_by(function.__code__, function.__globals__), *held]:
        if isinstance(found, Move):
            yield from followed(found, seen)
        else:
            yield from reached(found, seen)


def followed(move, seen=None):
    """A move, and every move that it makes."""
    seen = set() if seen is None else seen
    if move in seen:
        return
    seen.add(move)
    yield move
    for function in [move.body, *move.follows]:
        yield from reached(function, seen)


def tells(move):
    return any(made.tells for made in followed(move))


def undone(moves):
    back = moves.every().get("take_back")
    return back.undoes if back else []


def neither(lifecycles):
    """The moves of coordinators that tell somebody, cannot be taken back, and do not ask first."""
    return [
        move.verb
        for moves in lifecycles
        for move in moves.values()
        if by_a_coordinator(move) and move.to is not BACK and tells(move)
        if not (move.final or move in undone(moves))
    ]


def test_what_a_coordinator_tells_can_be_taken_back_or_asks_first():
    assert neither(registry.values()) == []


def test_nothing_is_both():
    for moves in registry.values():
        assert [move.verb for move in undone(moves) if move.final] == []


@pytest.fixture
def lifecycle():
    """A lifecycle that nobody else sees."""
    kept = registry["market.match"]
    moves = Moves(Match)
    registry["market.match"] = kept
    return moves


def made(moves, **how):
    @moves.add("suggested", to=STAYS, may=is_coordinator, **how)
    def shout(match, *, by):
        """Everybody hears it."""

    return shout


def everybody(match):
    return []


def test_a_move_with_neither_is_found(lifecycle):
    made(lifecycle, tells=[informs(everybody)])
    assert neither([lifecycle]) == ["match.shout"]


def test_one_that_is_told_by_what_follows_is_found(lifecycle):
    silent = made(lifecycle)
    assert neither([lifecycle]) == []

    @silent.then
    def closes(match, event):
        return registry["market.match"] and end(match)

    assert neither([lifecycle]) == ["match.shout"]


def end(match):
    """Something that is called by what follows, and closes a match aloud."""
    return STAND_DOWN(match)


STAND_DOWN = registry["market.match"].factory["stand_down"]


def test_one_that_asks_first_is_not_found(lifecycle):
    made(lifecycle, tells=[informs(everybody)], final=True)
    assert neither([lifecycle]) == []


def test_one_that_can_be_taken_back_is_not_found(lifecycle):
    move = made(lifecycle, tells=[informs(everybody)])
    lifecycle.take_back(may=is_coordinator, undoes={move: everybody})
    assert neither([lifecycle]) == []


def test_one_of_somebody_else_is_not_found(lifecycle):
    @lifecycle.add("suggested", to=STAYS, may=rules.always_true, tells=[informs(everybody)])
    def whisper(match, *, by):
        """Somebody else says so."""

    assert neither([lifecycle]) == []


@pytest.mark.parametrize("label", sorted(registry))
def test_the_ways_back_are_those_that_no_other_move_goes(label):
    moves, graph = registry[label], registry[label].model.graph
    ahead = {name: move for name, move in moves.every().items() if move.to is not BACK}
    lifecycle = Moves.__new__(Moves)
    lifecycle.update(ahead)
    lifecycle.factory = {}
    back = {(str(a), str(b)) for a, several in graph.back.items() for b in several}
    assert set(walked(lifecycle)) == graph.pairs() - back
