"""Who sees which button while a challenge is set up."""

import pytest

from challenges.lifecycle.bringing import moves
from challenges.models import CoOwner, Juror
from tests import contest, make
from tests.tables import columns

pytestmark = pytest.mark.django_db

ALL = "use_guide choose_instrument take_preset set_calendar set_terms set_criteria set_questions"
JURY = "invite_juror release_juror"
SUBJECTS = "set_subjects"
MONEY = "add_co_owner end_co_owner ask_approval note_approval"
ASKED = "take_seat decline_seat"
CHECKS = "approve approve_share"
TABLE = f"""
            | submitted | shaping                        | approved              | scheduled        | open           | paused         | closed  | scoring
owner       |           | {ALL} {JURY} {SUBJECTS} {MONEY}           | {JURY} {SUBJECTS} schedule       | {JURY} {SUBJECTS} hold_back | {JURY} {SUBJECTS} rectify | {JURY} {SUBJECTS} rectify | {JURY}  |
writer      |           |                                |                       |                  |                |                |         |
co_owner    |           | ask_approval note_approval     |                       |                  |                |                |         |
coordinator |           | {ALL} {JURY} {SUBJECTS} {MONEY} {CHECKS}  | {JURY} {SUBJECTS} schedule       | {JURY} {SUBJECTS} hold_back | {JURY} {SUBJECTS} rectify | {JURY} {SUBJECTS} rectify | {JURY}  |
asked       |           | {ASKED}                        | {ASKED}               | {ASKED}          | {ASKED}        | {ASKED}        | {ASKED} | {ASKED}
juror       |           |                                |                       |                  |                |                |         |
stranger    |           |                                |                       |                  |                |                |         |
"""  # noqa: E501
MINE = {*f"{ALL} {JURY} {SUBJECTS} {MONEY} {ASKED} {CHECKS} schedule hold_back rectify".split()}


@pytest.mark.parametrize(("state", "expected"), columns(TABLE))
def test_who_sets_a_challenge_up(state, expected, cleo, dan):
    made = contest.contest(state)
    people = {"owner": made.owner, "coordinator": cleo, "stranger": dan}
    people["writer"] = make.member(made.by, "writer", "Wim Writer")
    people["juror"] = contest.juror(made.challenge).person
    people["asked"] = make.person("Anna Asked")
    Juror.objects.create(challenge=made.challenge, person=people["asked"])
    people["co_owner"] = paying_along(made)
    found = {
        who: {m.name for m in moves.open_to(person, made.challenge)} & MINE
        for who, person in people.items()
    }
    assert found == expected


def paying_along(made):
    """Who decides for an organisation that pays along; only while it is shaped somebody can begin to."""
    other = make.organisation(kind="municipality")
    if made.challenge.state == "shaping":
        CoOwner.objects.create(challenge=made.challenge, organisation=other, cents=100)
    return other.owner
