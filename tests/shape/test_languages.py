"""Dutch is complete: every text in code and templates has its Dutch, with the same blanks to fill in."""

import importlib.util
import re

import pytest

from tests.shape.code import ROOT

BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def messages():
    """The tool that keeps the catalogue."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_in_the_dutch_catalogue(messages):
    known = {(m.id, m.context) for m in messages.known() if m.id}
    assert [m.id for m in messages.found() if m.id and (m.id, m.context) not in known] == []


def test_every_text_has_its_dutch(messages):
    assert [m.id for m in messages.untranslated(messages.known())] == []


def test_the_catalogue_holds_nothing_that_is_gone(messages):
    used = {(m.id, m.context) for m in messages.found()}
    assert [m.id for m in messages.known() if m.id and (m.id, m.context) not in used] == []


def test_the_dutch_has_the_same_blanks(messages):
    for message in messages.known():
        if message.id:
            asked = {b for text in messages.texts(message.id) for b in BLANK.findall(text)}
            given = {b for text in messages.texts(message.string) for b in BLANK.findall(text)}
            assert given <= asked, message.id
