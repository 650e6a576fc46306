"""Who sees which button of an entry, while it can be written and once the deadline is over."""

import pytest

from challenges.lifecycle.entry import moves
from challenges.models import Entry
from tests import contest, make
from tests.tables import columns, open_to

pytestmark = pytest.mark.django_db

OPEN = """
            | draft           | submitted       | withdrawn
owner       | submit withdraw | submit withdraw |
writer      |                 |                 |
viewer      |                 |                 |
stranger    |                 |                 |
"""


@pytest.mark.parametrize(("state", "expected"), columns(OPEN))
def test_who_may_do_what_while_it_can_be_written(state, expected, broodnodig, dan, vera):
    entry = contest.entry(contest.challenge("open"), broodnodig, state)
    people = {"owner": broodnodig.owner, "writer": make.member(broodnodig, "writer", "Wim Writes")}
    people |= {"viewer": vera, "stranger": dan}
    assert open_to(moves, people, entry) == expected


def test_nobody_else_sees_it_before_it_is_opened_and_those_whose_work_it_is_do_after(
    broodnodig, cleo, max_, dan, vera
):
    for state, seen in (("open", False), ("closed", False), ("checking", True)):
        made = contest.contest(state, entrants=[make.organisation(), make.organisation()])
        entry = made.entries[0]
        for person in (cleo, max_, made.owner):
            assert Entry.objects.visible_to(person).filter(pk=entry.pk).exists() is seen
        rival = made.entries[1].contact
        for person in (dan, vera, rival):
            assert not Entry.objects.visible_to(person).filter(pk=entry.pk).exists()
        assert Entry.objects.visible_to(entry.contact).filter(pk=entry.pk).exists()
