"""Who sees which button of the proposal, the decision, the letters and what follows, in every state."""

import pytest

from challenges.lifecycle import award as awards
from challenges.lifecycle import letter as letters
from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.lifecycle.bringing import moves as challenge_moves
from challenges.models import Award, Letter, Objection, Talk
from tests import contest, make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

OURS = {
    "note_findings", "propose", "deliberate_anew", "decide", "note_decision", "check_decision",
    "send_decision_back", "notify", "send_all_again", "decide_anew", "pass_on", "award_next",
}  # fmt: skip

CHALLENGE = """
            | consensus             | pitching              | proposed                                          | decided | notified            | awarded
owner       |                       |                       | decide note_decision                              |         | decide_anew pass_on | award_next
viewer      |                       |                       |                                                   |         |                     |
chair       | note_findings propose | note_findings propose | deliberate_anew                                   |         |                     |
juror       |                       |                       |                                                   |         |                     |
entrant     |                       |                       |                                                   |         |                     |
coordinator | note_findings propose | note_findings propose | deliberate_anew check_decision send_decision_back | notify  | send_all_again      |
stranger    |                       |                       |                                                   |         |                     |
"""  # noqa: E501

AWARD = """
            | proposed | decided | final   | dropped | revoked | declined
owner       |          |         |         |         |         |
entrant     |          | decline | decline |         |         |
viewer      |          |         |         |         |         |
coordinator |          |         |         |         |         |
stranger    |          |         |         |         |         |
"""

LETTER = """
            | waiting   | out           | refused              | returned             | handed | counting
owner       |           |               |                      |                      |        |
entrant     |           |               |                      |                      |        |
coordinator | hand_over | mark_returned take_back | send_again hand_over | send_again hand_over take_back |        | mark_returned
stranger    |           |               |                      |                      |        |
"""  # noqa: E501

OBJECTION = """
            | open           | upheld | dismissed | withdrawn
owner       | dismiss uphold |        |           |
entrant     | withdraw       |        |           |
coordinator | withdraw take_back |        |           |
stranger    |                |        |           |
"""

TALK = """
            | asked         | planned       | held | called_off
owner       | plan          | hold          |      |
entrant     | call_off      | call_off      |      |
coordinator | plan          | hold take_back |      |
stranger    |               |               |      |
"""


def people(made, dan):
    """Everybody who could want something of a challenge."""
    return {
        "owner": made.colleague,
        "viewer": make.member(made.by, "viewer"),
        "chair": contest.juror(made.challenge, "Carla Chair", chairs=True).person,
        "juror": contest.juror(made.challenge, "Eva Juror").person,
        "entrant": made.entries[0].contact,
        "coordinator": made.cleo,
        "stranger": dan,
    }


@pytest.mark.parametrize(("state", "expected"), columns(CHALLENGE))
def test_who_decides_what_in_a_challenge(state, expected, dan):
    made = contest.contest(state, entrants=[make.organisation()])
    found = open_to(challenge_moves, people(made, dan), made.challenge)
    assert {who: names & OURS for who, names in found.items()} == expected


def given(moves, thing, expected, made, dan):
    """What each of those who stand in the table can do."""
    who = people(made, dan)
    assert open_to(moves, {name: who[name] for name in expected}, thing) == expected


@pytest.fixture
def told():
    return contest.contest("notified", entrants=[make.organisation()])


@pytest.mark.parametrize(("state", "expected"), columns(AWARD))
def test_who_may_do_what_with_an_award(state, expected, told, dan):
    award = told.challenge.awards.get()
    award.state = state
    given(awards.moves, award, expected, told, dan)


@pytest.mark.parametrize(("state", "expected"), columns(LETTER))
def test_who_may_do_what_with_a_letter(state, expected, told, dan):
    letter = told.challenge.letters.get()
    letter.state = state
    given(letters.moves, letter, expected, told, dan)


@pytest.mark.parametrize(("state", "expected"), columns(OBJECTION))
def test_who_may_do_what_with_an_objection(state, expected, told, dan):
    one = Objection(pk=1, entry=told.entries[0], challenge=told.challenge, state=state)
    given(objections.moves, one, expected, told, dan)


@pytest.mark.parametrize(("state", "expected"), columns(TALK))
def test_who_may_do_what_with_a_talk(state, expected, told, dan):
    one = Talk(pk=1, entry=told.entries[0], challenge=told.challenge, state=state)
    given(talks.moves, one, expected, told, dan)


@pytest.mark.parametrize(
    ("table", "model"),
    [(AWARD, Award), (LETTER, Letter), (OBJECTION, Objection), (TALK, Talk)],
)
def test_the_tables_hold_every_state(table, model):
    assert states(table) == set(model.State.values)


def test_only_the_entrant_and_who_decides_begin_something_after_a_letter(told, dan):
    entry = told.entries[0]
    who = people(told, dan)
    objection, talk = Objection(entry=entry, challenge=told.challenge), Talk(entry=entry)
    talk.challenge = told.challenge
    may = {name for name, person in who.items() if objections.lodge.open_to(person, objection)}
    assert may == {"owner", "entrant", "coordinator"}
    assert {n for n, p in who.items() if talks.ask.open_to(p, talk)} == {"entrant"}
