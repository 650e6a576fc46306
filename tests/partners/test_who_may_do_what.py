"""Who sees which button, in every state of an organisation."""

import pytest

from partners.lifecycle import moves
from partners.models import Organisation
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

ORGANISATION = """
            | listed                       | applied                      | in_check                               | active                                                     | suspended       | left | merged
owner       |                              | revise leave                 | revise leave                           | revise admit set_limit leave                               | leave           | |
editor      |                              | revise                       | revise                                 | revise                                                     |                 | |
writer      |                              |                              |                                        |                                                            |                 | |
viewer      |                              |                              |                                        |                                                            |                 | |
coordinator | claim leave merge set_domains note | check turn_down merge revise leave name_owner note take_back | activate ask_more merge turn_down revise leave name_owner note | suspend take_back merge revise ask_to_join admit set_limit leave set_domains name_owner note | reinstate leave name_owner note take_back | merge note take_back | note
stranger    | claim                        |                              |                                        | ask_to_join                                                |                 | |
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
