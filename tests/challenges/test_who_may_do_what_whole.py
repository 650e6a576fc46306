"""The whole table of a challenge and its entries: who.txt says of every state what each of those around it may press.

A move that is added, or a state, or a role that gains a button, is a line there before this passes again.
"""

from pathlib import Path

import pytest

from challenges.lifecycle.bringing import moves as of_a_challenge
from challenges.lifecycle.entry import moves as of_an_entry
from challenges.models import Challenge, CoOwner, Entry, Juror
from tests import contest, make
from tests.tables import open_to

pytestmark = pytest.mark.django_db
FILES = [Path(__file__).with_name(name) for name in ("who.txt", "who_promised.txt")]
# A challenge in which an entry can be in this state.
AROUND = {
    "draft": "open", "submitted": "checking", "withdrawn": "open", "unsent": "closed", "repair": "checking",
    "admitted": "scoring", "excluded": "scoring", "shortlisted": "pitching", "awarded": "notified",
    "reserve": "notified", "not_awarded": "notified", "declined": "awarded",
}  # fmt: skip


def table():
    """``{(thing, state): {role: {moves}}}`` as who.txt says; who may nothing has no line."""
    found = {}
    for line in "\n".join(path.read_text() for path in FILES).splitlines():
        if line and not line.startswith("#"):
            thing, state, role, moves = (part.strip() for part in line.split("|"))
            roles = found.setdefault((thing, state), {})
            roles[role] = roles.get(role, set()) | set(moves.split())
    return found


def people(made):
    """Everybody who could want something."""
    of = {role: make.member(made.by, role) for role in ("editor", "writer", "viewer")}
    seats = {"chair": {"chairs": True}, "juror": {}}
    for name, facts in seats.items():
        of[name] = contest.juror(made.challenge, f"{name.title()} Person", **facts).person
    of["asked"] = make.person("Anna Asked")
    Juror.objects.create(challenge=made.challenge, person=of["asked"])
    of["coordinator"], of["stranger"] = made.cleo, make.person("Dan Stranger")
    of["entrant"] = made.entries[0].contact if made.entries else make.organisation().owner
    house = made.entries[0].organisation if made.entries else make.organisation()
    of["entrant's writer"] = make.member(house, "writer")
    other = make.organisation(kind="municipality")
    if made.challenge.state == "shaping":
        CoOwner.objects.create(challenge=made.challenge, organisation=other, cents=100)
    return {"owner": made.owner, **of, "who pays along": other.owner}


def pressed(moves, made, thing):
    found = open_to(moves, people(made), thing)
    return {role: names for role, names in found.items() if names}


def challenge_in(state):
    early = state in contest.EARLY | {"closed", "unsuccessful", "cancelled"}
    made = contest.contest(state, entrants=[] if early else [make.organisation()])
    return pressed(of_a_challenge, made, made.challenge)


def entry_in(state):
    made = contest.contest(AROUND[state], entrants=[make.organisation()])
    entry = made.entries[0]
    entry.state = state
    return pressed(of_an_entry, made, entry)


@pytest.mark.parametrize("state", Challenge.State.values)
def test_who_may_do_what_with_a_challenge(state):
    assert challenge_in(state) == table().get(("challenge", state), {})


@pytest.mark.parametrize("state", Entry.State.values)
def test_who_may_do_what_with_an_entry(state):
    assert entry_in(state) == table().get(("entry", state), {})


def test_every_move_that_people_make_stands_in_the_table():
    named = {"challenge": set(), "entry": set()}
    for (thing, _state), roles in table().items():
        named[thing] |= set().union(*roles.values())
    for thing, moves in (("challenge", of_a_challenge), ("entry", of_an_entry)):
        assert named[thing] == {move.name for move in moves.values() if not move.begins}
