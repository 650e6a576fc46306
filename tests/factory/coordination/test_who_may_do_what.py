"""Who sees which button, in every state of what was noted for somebody."""

import pytest

from factory.coordination import lifecycle
from factory.coordination.models import OnBehalf
from market.lifecycle import listing as listings
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

NOTED = """
            | asked       | right | wrong  | settled
person      | affirm deny |       |        |
colleague   |             |       |        |
coordinator |             |       | settle |
stranger    |             |       |        |
"""
PATHS = {"asked": [], "right": ["affirm"], "wrong": ["deny"], "settled": ["deny", "settle"]}


@pytest.mark.parametrize(("state", "expected"), columns(NOTED))
def test_who_may_do_what_with_a_thing_noted(state, expected, broodnodig, ada, ben, cleo, dan):
    offer = make.offer(by=broodnodig)
    noted = listings.renew(offer, by=cleo, on_behalf_of=ada).noted_for
    for name in PATHS[state]:
        getattr(lifecycle, name)(noted, by=cleo if name == "settle" else ada)
    people = {"person": ada, "colleague": ben, "coordinator": cleo, "stranger": dan}
    assert open_to(lifecycle.moves, people, noted) == expected


def test_the_table_knows_every_state():
    assert states(NOTED) == set(OnBehalf.State.values)
