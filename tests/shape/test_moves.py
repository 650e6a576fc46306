"""What the lifecycles promise: exactly the drawn edges, words for every move, and no other way."""

import ast

import pytest

from factory.moves import BACK, STAYS, registry
from factory.texts import known, who_may
from tests.shape.code import files

LIFECYCLES = sorted(registry)


def walked(moves):
    """Every (from, to) along which a lifecycle's moves go."""
    for move in moves.every().values():
        if move.to is BACK:
            for undone in move.undoes:
                origins = [move.born[undone]] if undone.begins else undone.sources
                ways = ((str(to), str(s)) for to in undone.ends_in for s in origins)
                yield from (way for way in ways if way[0] != way[1])
        elif move.to is not STAYS and not move.begins:
            yield from ((str(s), str(move.to)) for s in move.sources if s != move.to)


def test_every_model_with_a_state_has_its_lifecycle():
    assert LIFECYCLES == [
        "challenges.adoption",
        "challenges.assessment",
        "challenges.award",
        "challenges.challenge",
        "challenges.contract",
        "challenges.entry",
        "challenges.letter",
        "challenges.objection",
        "challenges.question",
        "challenges.talk",
        "coordination.look",
        "coordination.lostfactor",
        "coordination.onbehalf",
        "market.learnt",
        "market.listing",
        "market.match",
        "partners.credential",
        "partners.organisation",
        "partners.searchnews",
    ]


@pytest.mark.parametrize("label", LIFECYCLES)
def test_the_moves_walk_exactly_the_edges_of_the_graph(label):
    moves = registry[label]
    assert set(walked(moves)) == moves.model.graph.pairs()


@pytest.mark.parametrize("label", LIFECYCLES)
def test_things_begin_only_where_the_graph_says(label):
    moves = registry[label]
    born = {move.to for move in moves.every().values() if move.begins}
    assert born == set(moves.model.graph.first)


@pytest.mark.parametrize("label", LIFECYCLES)
def test_every_move_has_words_a_meaning_and_says_who_may(label):
    for move in registry[label].every().values():
        assert move.verb in known(), f"{move.verb} has no words"
        assert move.__doc__, f"{move.verb} does not say what it means"
        assert who_may(move), f"{move.verb} does not say who may"


def writes_state(node):
    """Whether a node gives something a state in another way than by a move."""
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        flat = [part for t in targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
        return any(isinstance(t, ast.Attribute) and t.attr == "state" for t in flat)
    called = isinstance(node, ast.Call) and getattr(node.func, "attr", "")
    makes = called in {"update", "create", "bulk_create", "get_or_create", "update_or_create"}
    return makes and any(keyword.arg == "state" for keyword in node.keywords)


def test_nothing_but_the_kernel_writes_a_state():
    guilty = [
        f"{path}:{node.lineno}"
        for path, text in files()
        for node in ast.walk(ast.parse(text))
        if writes_state(node) and path.parent.as_posix() != "factory/moves"
    ]
    assert guilty == []


def test_the_search_for_state_writers_finds_one():
    assert writes_state(ast.parse("match.state = 'agreed'").body[0])
    assert writes_state(ast.parse("Match.objects.update(state='agreed')").body[0].value)
