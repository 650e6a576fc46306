"""Who reaches what of a jury: jurors who are assigned, unassigned and conflicted among the roles (jury.txt)."""

from copy import copy
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from challenges.lifecycle import judging
from tests import contest, make
from tests.doors import sign_in
from tests.shape.doors import seen

TABLE = Path(__file__).with_name("jury.txt")
ROLES = [
    "visitor", "stranger", "owner", "entrant", "assigned", "unassigned", "conflicted", "chair", "cleo",
]  # fmt: skip


def rows():
    """``(method, name, thing, [expected for each role])``."""
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            what, _bar, cells = line.partition("|")
            yield *what.split(), cells.split()


@pytest.fixture
def world(db, settings):
    """Two challenges, one that is scored and one that is deliberated on, each with the same kinds of jurors."""
    settings.TAKE_BACK_SECONDS = 0
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # they may have signed in a while ago
    entrant, other = make.organisation(), make.organisation()
    made = contest.contest("scoring", entrants=[entrant, other])
    names = ["assigned", "unassigned", "conflicted"]
    seats = {name: contest.juror(made.challenge, name) for name in names}
    seats["chair"] = contest.juror(made.challenge, "Carla Chair", chairs=True)
    mine, beside = made.entries
    for name, seat in seats.items():
        contest.declare(made.challenge, seat, [mine] if name == "conflicted" else [])
    assigned = contest.assessment(mine, seats["assigned"])
    contest.scored(assigned, lock=False)
    locked = contest.assessment(beside, seats["assigned"], "locked")
    decided = contest.contest("scoring", by=made.by, entrants=[make.organisation()])
    for name, seat in seats.items():
        again = decided.challenge.jury.create(
            person=seat.person, chairs=seat.chairs, said_yes_at=seat.said_yes_at
        )
        contest.declare(decided.challenge, again, decided.entries if name == "conflicted" else [])
        if name == "assigned":
            contest.assessment(decided.entries[0], again, "locked")
    judging.deliberate(decided.challenge, by=made.cleo)
    pitched = contest.challenge("pitching", by=made.by)
    people = {name: seat.person for name, seat in seats.items()}
    people |= {"stranger": make.organisation().owner, "owner": made.owner}
    people |= {"entrant": entrant.owner, "cleo": made.cleo}
    things = {
        "scored": [made.challenge.slug],
        "first": [made.challenge.slug, mine.number],
        "assigned": [assigned.pk],
        "locked": [locked.pk],
        "entry": [mine.pk],
        "checked": [contest.challenge("checking", by=made.by).slug],
        "deliberated": [decided.challenge.slug],
        "pitched": [pitched.slug],
        "none": [999_999],
    }
    return people, things


def met(client, method, address):
    """What somebody meets; whatever a POST did is undone."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = seen(getattr(client, method.lower())(address))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.mark.timeout(300)
def test_everybody_reaches_what_the_table_of_the_jury_says(world):
    people, things = world
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, person in people.items():
        sign_in(clients[role], person, second_factor=person.is_staff)
    wrong = []
    for method, name, thing, cells in rows():
        thing, slash, move = thing.partition("/")
        address = reverse(name, args=[*things[thing], *([move] if slash else [])])
        found = [met(clients[role], method, address) for role in ROLES]
        if found != cells:
            what = f"{method:<4} {name:<28} {thing}{slash}{move}"
            wrong.append(f"{what:<62}| " + "".join(f"{cell:<8}" for cell in found))
    assert wrong == [], "\n".join(wrong)
