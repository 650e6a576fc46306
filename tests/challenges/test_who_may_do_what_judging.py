"""Who sees which button of an assessment and of a jury at work, whoever they are at its table."""

import pytest

from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import judging
from challenges.lifecycle.bringing import moves as of_the_challenge
from challenges.models import Challenge
from tests import contest, make
from tests.tables import columns, open_to

pytestmark = pytest.mark.django_db

ASSESSMENT = """
            | open         | locked         | void
juror       | lock recuse  | recuse         |
other       |              |                |
chair       | release      | unlock release |
conflicted  |              |                |
cleo        | release      | unlock release |
staff-juror |              |                |
staff-left  | release      | unlock release |
owner       |              |                |
entrant     |              |                |
stranger    |              |                |
"""
JURY = """
            | scoring                               | consensus                            | pitching
juror       | declare                               | declare                              | declare
asked       |                                       |                                      |
said-no     |                                       |                                      |
chair       | declare assign remind_jury deliberate | declare agree shortlist find propose | declare agree find propose
conflicted  | declare assign remind_jury deliberate | declare agree                        | declare agree
cleo        | declare assign remind_jury deliberate | declare agree shortlist find propose | declare agree find propose
staff-juror | declare                               | declare                              | declare
staff-left  | declare assign remind_jury deliberate | declare agree shortlist find propose | declare agree find propose
owner       |                                       |                                      |
entrant     |                                       |                                      |
stranger    |                                       |                                      |
"""
OF_THE_JURY = {
    "declare", "assign", "remind_jury", "deliberate", "agree", "shortlist", "find", "propose",
}  # fmt: skip
SHORT = {"note_findings": "find"}


@pytest.fixture
def made(dan):
    """A challenge that is scored, and whoever may be at the table of its jury."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    seats = {"juror": contest.juror(made.challenge), "other": contest.juror(made.challenge)}
    seats["chair"] = contest.juror(made.challenge, "Carla Chair", chairs=True)
    for name in ("staff-juror", "staff-left"):
        seats[name] = contest.juror(made.challenge, name)
        type(seats[name].person).objects.filter(pk=seats[name].person_id).update(is_staff=True)
    left(seats["staff-left"])
    made.seats = seats
    made.people = {name: type(dan).objects.get(pk=seat.person_id) for name, seat in seats.items()}
    made.people |= {"cleo": made.cleo, "owner": made.owner, "stranger": dan}
    made.people["entrant"] = made.entries[0].contact
    return made


def left(seat):
    """Somebody said no, before or after they said yes."""
    seat.said_yes_at, seat.said_no_at = None, seat.asked_at
    seat.save()


@pytest.mark.parametrize(("state", "expected"), columns(ASSESSMENT))
def test_who_may_do_what_with_an_assessment(state, expected, made):
    one = contest.assessment(made.entries[0], made.seats["juror"], state)
    chair = made.seats["chair"]
    found = open_to(assessments.moves, made.people, one)
    contest.declare(made.challenge, chair, conflicts=made.entries[:1])
    found |= open_to(assessments.moves, {"conflicted": made.people["chair"]}, one)
    assert found == expected


@pytest.mark.parametrize(("state", "expected"), columns(JURY))
def test_who_may_do_what_with_a_jury_at_work(state, expected, made):
    people = made.people | {
        "asked": contest.juror(made.challenge, "Asked").person,
        "said-no": contest.juror(made.challenge, "No").person,
    }
    people.pop("other")
    made.challenge.jury.filter(person=people["asked"]).update(said_yes_at=None)
    left(made.challenge.jury.get(person=people["said-no"]))
    at_work(made, state)
    challenge = Challenge.objects.get(pk=made.challenge.pk)
    found = open_to(of_the_challenge, people, challenge)
    contest.declare(challenge, made.seats["chair"], conflicts=made.entries[:1])
    found |= open_to(of_the_challenge, {"conflicted": people["chair"]}, challenge)
    assert {
        who: {SHORT.get(m, m) for m in moves} & OF_THE_JURY for who, moves in found.items()
    } == expected


def at_work(made, state):
    """The chair scored everything, so that the jury comes as far as this."""
    if state == "scoring":
        return
    for entry in made.entries:
        contest.assessment(entry, made.seats["chair"], "locked")
    judging.deliberate(made.challenge, by=made.cleo)
    if state == "pitching":
        judging.shortlist(made.challenge, by=made.cleo, entries=made.entries, minutes=20)


@pytest.mark.parametrize("conflicts", [0, 1])
def test_a_chair_takes_a_proposal_back_unless_they_have_a_conflict(made, conflicts):
    at_work(made, "consensus")
    contest.declare(made.challenge, made.seats["chair"], conflicts=made.entries[:conflicts])
    made.propose()
    found = open_to(of_the_challenge, made.people, made.challenge)
    may = {who for who, moves in found.items() if "deliberate_anew" in moves}
    assert may == {"cleo", "staff-left"} | ({"chair"} if not conflicts else set())
