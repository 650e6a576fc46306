"""Who sees which button, in every state of what was noted for somebody."""

from datetime import timedelta

import pytest

from factory import clock
from factory.coordination import lifecycle
from factory.coordination.lifecycle import lost_factor
from factory.coordination.models import LostFactor, OnBehalf
from market.lifecycle import listing as listings
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

NOTED = """
            | asked       | right | wrong  | settled
person      | affirm deny |       |        |
colleague   |             |       |        |
coordinator |             |       | settle | take_back
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


LOST = """
              | asked        | waiting | done | refused | stopped
person        | stop         | stop    |      |         |
colleague     |              |         |      |         |
coordinator   | grant refuse | refuse  |      |         |
administrator | grant refuse | refuse  |      |         |
stranger      |              |         |      |         |
"""
OF_STAFF = """
              | asked        | waiting | done | refused | stopped
person        | stop         | stop    |      |         |
coordinator   |              |         |      |         |
administrator | grant refuse | refuse  |      |         |
"""


def lost_and(state, person, by):
    """Somebody's lost second factor, moved to ``state``."""
    type(person).objects.filter(pk=person.pk).update(phone="06 00 00 00 77")
    made = LostFactor(person=type(person).objects.get(pk=person.pk))
    lost_factor.ask(made, on_behalf_of=person)
    if state in {"waiting", "done"}:
        lost_factor.grant(made, by=by, called="own", sure=True)
    if state == "done":
        LostFactor.objects.update(asked_at=clock.now() - timedelta(days=3), ready_at=clock.now())
        lost_factor.take_away(LostFactor.objects.get(pk=made.pk))
    if state == "refused":
        lost_factor.refuse(made, by=by)
    if state == "stopped":
        lost_factor.stop(made, by=person)
    return LostFactor.objects.get(pk=made.pk)


@pytest.mark.parametrize(("state", "expected"), columns(LOST))
def test_who_may_do_what_with_a_members_lost_factor(state, expected, ada, ben, cleo, max_, dan):
    lost = lost_and(state, ada, cleo)
    people = {"person": ada, "colleague": ben, "coordinator": cleo, "administrator": max_}
    assert open_to(lost_factor.moves, people | {"stranger": dan}, lost) == expected


@pytest.mark.parametrize(("state", "expected"), columns(OF_STAFF))
def test_who_may_do_what_with_a_coordinators_lost_factor(state, expected, cleo, max_):
    chris = make.coordinator("Chris")
    lost = lost_and(state, chris, max_)
    people = {"person": chris, "coordinator": cleo, "administrator": max_}
    assert open_to(lost_factor.moves, people, lost) == expected


def test_these_tables_know_every_state():
    assert states(LOST) == states(OF_STAFF) == set(LostFactor.State.values)
