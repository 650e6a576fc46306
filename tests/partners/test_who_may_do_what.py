"""Who sees which button, in every state of an organisation."""

import pytest

from partners.lifecycle import moves
from partners.models import Organisation
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

ORGANISATION = """
            | applied                      | in_check                               | active                                                     | suspended       | left
owner       | revise leave                 | revise leave                           | revise admit set_limit leave                               | leave           |
editor      | revise                       | revise                                 | revise                                                     |                 |
viewer      |                              |                                        |                                                            |                 |
coordinator | check turn_down revise leave note | activate ask_more turn_down revise leave note | suspend take_back revise ask_to_join admit set_limit leave note | reinstate leave note | note
stranger    |                              |                                        | ask_to_join                                                |                 |
"""  # noqa: E501


@pytest.mark.parametrize(("state", "expected"), columns(ORGANISATION))
def test_who_may_do_what_with_an_organisation(state, expected, cleo, dan):
    organisation = make.organisation(state=state)
    members = {role: make.member(organisation, role) for role in ("editor", "viewer")}
    people = {"owner": organisation.owner, **members, "coordinator": cleo, "stranger": dan}
    assert open_to(moves, people, organisation) == expected


def test_the_table_knows_every_state():
    assert states(ORGANISATION) == set(Organisation.State.values)
