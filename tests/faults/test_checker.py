"""The judge itself: it must find what is lost, done twice, torn, or sent under another number."""

from dataclasses import replace

import pytest

from factory.notices.outbox import post
from tests.faults.checker import judge
from tests.faults.people import Browser


@pytest.fixture
def sent(town, worker, web, pair):
    """Two messages and a mail that went well."""
    for text in ("First", "Second"):
        assert Browser(web, pair.buyer).post(pair.path, text=text, token=text).status == 302
    post("fine@mail.example", "Your code", "Code")
    town.wake()
    assert town.drained()
    yield town
    town.ask("DELETE FROM market_message")


def test_when_all_went_well_it_finds_nothing(sent):
    verdict = judge(sent, ["First", "Second"])
    assert verdict.clean
    assert verdict.extra == 0
    assert verdict.events >= 5


def test_it_finds_each_thing_that_can_go_wrong(sent):
    assert judge(sent, ["First", "Third"]).lost == ["Third"]
    kept = sent.post.taken.pop()
    assert len(judge(sent).lost) == 1
    sent.post.taken += [kept, kept]
    assert judge(sent).clean
    assert judge(sent).extra == 1
    assert sent.post.copies_of_kills() == 1
    sent.post.cut.append(kept.message_id)
    assert sent.post.copies_of_kills() == 0
    sent.post.cut.clear()
    sent.post.taken[-1] = replace(kept, content="other bytes")
    assert judge(sent).changed == [kept.message_id]
    sent.post.taken[-1] = replace(kept, message_id="<unknown@mail.example>")
    assert judge(sent).changed == ["<unknown@mail.example>"]
    copied = "INSERT INTO market_message (match_id, author_id, text, at)"
    sent.ask(
        f"{copied} SELECT match_id, author_id, text, at FROM market_message WHERE text = 'First'"
    )
    found = judge(sent)
    assert found.doubled == ["First"]
    assert len(found.lost) == 1  # the copy has no event of its own
