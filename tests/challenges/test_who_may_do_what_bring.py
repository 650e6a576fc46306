"""Who may do what with a problem on its way to an approval; the moves of setting it up have a table of their own."""

import pytest

from challenges.lifecycle.bringing import moves
from challenges.models import Challenge
from tests import contest, make
from tests.tables import columns, open_to

pytestmark = pytest.mark.django_db
MINE = {
    "submit", "fill_in", "affirm_step", "ask_whether_right", "note_helper", "ask_for_more", "turn_down",
    "redirect", "shape", "invite_guest", "end_guest", "remark", "resolve_remark", "note", "withdraw",
}  # fmt: skip

TABLE = """
            | draft | submitted | more | shaping | declined | redirected | approved | open
owner       | submit fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | submit fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | | | withdraw | withdraw
editor      | submit fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | submit fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | fill_in affirm_step note_helper invite_guest end_guest remark resolve_remark withdraw | | | withdraw | withdraw
writer      | fill_in affirm_step note_helper remark resolve_remark | fill_in affirm_step note_helper remark resolve_remark | fill_in affirm_step note_helper remark resolve_remark | fill_in affirm_step note_helper remark resolve_remark | | | |
viewer      | | | | | | | |
coordinator | fill_in ask_whether_right note_helper remark resolve_remark note | fill_in ask_whether_right note_helper ask_for_more turn_down redirect shape remark resolve_remark note | fill_in ask_whether_right note_helper remark resolve_remark note | fill_in ask_whether_right note_helper ask_for_more turn_down redirect remark resolve_remark note | note | note | note | note
stranger    | | | | | | | |
"""  # noqa: E501


@pytest.mark.parametrize(("state", "expected"), columns(TABLE))
def test_who_may_do_what_with_a_problem(state, expected, lekstede, noor, cleo, dan):
    challenge = contest.challenge(state, by=lekstede)
    people = {"owner": noor, "coordinator": cleo, "stranger": dan}
    people |= {role: make.member(lekstede, role) for role in ("editor", "writer", "viewer")}
    found = open_to(moves, people, challenge)
    assert {who: names & MINE for who, names in found.items()} == expected


@pytest.mark.parametrize(
    ("role", "may"), [("owner", True), ("editor", True), ("writer", True), ("viewer", False)]
)
def test_who_may_bring_one(role, may, lekstede):
    somebody = make.member(lekstede, role)
    assert moves["bring"].open_to(somebody, Challenge(organisation=lekstede)) is may


def test_a_social_enterprise_brings_none(broodnodig, ada):
    assert not moves["bring"].open_to(ada, Challenge(organisation=broodnodig))
