"""Who sees which button, in every state of an organisation."""

import pytest

from partners import lifecycle
from partners.lifecycle import moves
from partners.models import Organisation
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

ORGANISATION = """
            | listed                       | applied                      | in_check                               | active                                                     | suspended       | left | merged
owner       |                              | revise leave invite withdraw_invitation change_role hand_over end_membership step_out be_away be_back | revise leave invite withdraw_invitation change_role hand_over end_membership step_out be_away be_back | revise admit set_limit leave invite withdraw_invitation change_role hand_over end_membership step_out be_away be_back | leave withdraw_invitation change_role hand_over end_membership step_out be_away be_back | |
editor      |                              | revise step_out be_away be_back | revise step_out be_away be_back | revise step_out be_away be_back | step_out be_away be_back | |
writer      |                              | step_out be_away be_back | step_out be_away be_back | step_out be_away be_back | step_out be_away be_back | |
viewer      |                              | step_out be_away be_back | step_out be_away be_back | step_out be_away be_back | step_out be_away be_back | |
coordinator | claim leave merge set_domains check_domains set_numbers note withdraw_invitation | check turn_down merge revise leave name_owner take_back note set_numbers invite withdraw_invitation change_role end_membership take_up | activate ask_more merge turn_down revise leave name_owner note set_numbers invite withdraw_invitation change_role end_membership take_up take_back | suspend take_back merge revise ask_to_join admit set_limit leave set_domains check_domains name_owner note set_numbers invite withdraw_invitation change_role end_membership take_up | reinstate leave name_owner take_back note invite withdraw_invitation change_role end_membership take_up | merge note take_back | note
stranger    | claim                        | take_up | take_up | ask_to_join take_up | take_up | |
"""  # noqa: E501

# Beside what the table says, in every state in which an organisation has a page of its own.
PICTURES = {"set_logo", "add_photo", "drop_picture", "take_words"}
SHOW = {"owner", "editor", "coordinator"}


@pytest.mark.parametrize(("state", "expected"), columns(ORGANISATION))
def test_who_may_do_what_with_an_organisation(state, expected, cleo, dan):
    organisation = make.organisation(state=state)
    people = {"coordinator": cleo, "stranger": dan}
    if state not in {"listed", "merged"}:  # nobody is in it
        people |= {role: make.member(organisation, role) for role in ("editor", "writer", "viewer")}
        people["owner"] = organisation.owner
    pictures = PICTURES if state in {"applied", "in_check", "active"} else set()
    there = {who: expected[who] | (pictures if who in SHOW else set()) for who in people}
    assert open_to(moves, people, organisation) == there


def test_the_table_knows_every_state():
    assert states(ORGANISATION) == set(Organisation.State.values)


# A name that stood here already: who claims it is checked first, and lets nobody in before that.
CLAIMED = """
            | applied | in_check | active | suspended
owner       | revise give_back leave withdraw_invitation change_role hand_over end_membership step_out be_away be_back | revise give_back leave withdraw_invitation change_role hand_over end_membership step_out be_away be_back | revise give_back admit set_limit leave invite withdraw_invitation change_role hand_over end_membership step_out be_away be_back | leave withdraw_invitation change_role hand_over end_membership step_out be_away be_back
coordinator | check give_back turn_down merge revise leave name_owner take_back note set_numbers invite withdraw_invitation change_role end_membership take_up | activate give_back ask_more merge turn_down revise leave name_owner note set_numbers invite withdraw_invitation change_role end_membership take_up take_back | suspend give_back take_back merge revise ask_to_join admit set_limit leave set_domains check_domains name_owner note set_numbers invite withdraw_invitation change_role end_membership take_up | reinstate give_back leave name_owner take_back note invite withdraw_invitation change_role end_membership take_up
"""  # noqa: E501


@pytest.mark.parametrize(("state", "expected"), columns(CLAIMED))
def test_who_may_do_what_with_a_name_that_was_claimed(state, expected, cleo):
    claimed = make.listed(kind="public")
    owner = make.person("Owner")
    lifecycle.claim(claimed, by=owner)
    steps = {"applied": ["ask_more"], "active": ["activate"], "suspended": ["activate", "suspend"]}
    for step in steps.get(state, ()):
        details = {} if step == "activate" else {"note": "Who are you?"}
        getattr(lifecycle, step)(claimed, by=cleo, **details)
    pictures = PICTURES if state != "suspended" else set()
    there = {who: moves_there | pictures for who, moves_there in expected.items()}
    assert open_to(moves, {"owner": owner, "coordinator": cleo}, claimed) == there
