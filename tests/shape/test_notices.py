"""Every move that tells has its words, in both languages, for everybody it tells."""

import pytest
from django.template import loader

from factory.moves import registry
from factory.notices.facts import topics

TOLD = [
    (part.template(move), move)
    for moves in registry.values()
    for move in moves.every().values()
    for part in move.tells
]
ANSWERS = [
    (move, name)
    for moves in registry.values()
    for move in moves.every().values()
    for part in move.tells
    for name in part.answers
]


@pytest.mark.parametrize("template", sorted({template for template, _move in TOLD}))
def test_there_are_words_for(template):
    found = loader.get_template(f"{template}.html").template
    blocks = {node.name for node in found.nodelist[0].blocks.values()}
    assert {"subject", "title", "lead", "why"} <= blocks


@pytest.mark.parametrize(("move", "name"), ANSWERS, ids=str)
def test_an_answer_is_a_move_that_a_url_serves(move, name):
    assert name in registry[move.model._meta.label_lower]


def test_every_model_that_tells_says_its_facts():
    assert {move.model._meta.label_lower for _template, move in TOLD} <= dict(topics()).keys()
