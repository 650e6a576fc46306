"""What a jury puts on somebody's desk, and the way from a challenge to the pages of checking and judging."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.jury_desk import desk_queues
from challenges.lifecycle import judging
from tests import contest, make
from tests.challenges.test_jury_pages import queries
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    made.slug = made.challenge.slug
    return made


def desk(person):
    """``{(kind, whether something is asked, address)}``."""
    return {
        (queue["kind"], bool(item["action"]), item["url"])
        for queue in desk_queues(person)
        for item in queue["items"]
    }


def at(made, name):
    return reverse(f"challenges:{name}", args=[made.slug])


def test_whoever_is_asked_for_a_jury_finds_it_on_their_desk():
    challenge = contest.challenge("open")
    seat = contest.juror(challenge)
    type(seat).objects.update(said_yes_at=None)
    assert desk(seat.person) == {("yours", True, challenge.get_absolute_url())}
    type(seat).objects.update(said_no_at=seat.asked_at)
    assert desk(seat.person) == set()


def test_a_juror_declares_then_waits_then_scores_then_waits(made):
    eva, jury = made.eva.person, at(made, "jury")
    declare = reverse("challenges:move", args=[made.slug, "declare"])
    assert desk(eva) == {("yours", True, declare)}
    contest.declare(made.challenge, made.eva)
    assert desk(eva) == {("others", False, jury)}
    mine = contest.assessment(made.entries[0], made.eva)
    assert desk(eva) == {("yours", True, jury)}
    contest.scored(mine)
    assert desk(eva) == {("others", False, jury)}


def test_the_chair_shares_out_watches_and_goes_on(made):
    contest.declare(made.challenge, made.chair)
    carla, jury = made.chair.person, at(made, "jury")
    assert desk(carla) == {("yours", True, jury)}
    theirs = [contest.assessment(entry, made.eva) for entry in made.entries]
    assert desk(carla) == {("others", False, jury)}
    for one in theirs:
        contest.scored(one)
    assert desk(carla) == {("yours", True, jury)}
    judging.deliberate(made.challenge, by=carla)
    assert desk(carla) == {("yours", True, at(made, "ranking"))}
    judging.shortlist(made.challenge, by=carla, entries=made.entries, minutes=20)
    assert ("yours", True, at(made, "pitches")) in desk(carla)
    assert desk(made.eva.person) == {("yours", True, at(made, "pitches"))}


def test_where_the_jury_reads_without_names_the_desk_asks_nothing():
    made = contest.contest("scoring", instrument="prize", disclosure="anonymous")
    eva = contest.juror(made.challenge)
    assert {(kind, asks) for kind, asks, _url in desk(eva.person)} == {("others", False)}


def test_late_scores_are_shown_as_late(made):
    contest.assessment(made.entries[0], made.eva)
    type(made.challenge).objects.update(scores_by=made.challenge.deadline_at)
    (item,) = [row for queue in desk_queues(made.eva.person) for row in queue["items"]]
    assert item["late"]
    assert item["urgent"]


@pytest.mark.parametrize("seats", [1, 3])
def test_the_desk_of_a_juror_costs_one_query_more_however_many_seats(seats, noor):
    before, person = queries(sign_in(Client(), noor), "/desk/"), noor
    for _n in range(seats):
        made = contest.contest("scoring")
        made.challenge.jury.create(person=person, said_yes_at=made.entries[0].created_at)
    assert queries(sign_in(Client(), noor), "/desk/") == before + 1 <= 13


def links(made, person):
    page = sign_in(Client(), person).get(made.challenge.get_absolute_url()).content.decode()
    return {name for name in ("jury", "check") if f'href="{at(made, name)}"' in page}


def test_the_page_of_a_challenge_leads_its_jury_and_the_coordinators_on(made, dan):
    checked = contest.contest("checking", entrants=[make.organisation()])
    checked.slug = checked.challenge.slug
    assert links(checked, checked.cleo) == {"check"}
    assert links(checked, checked.owner) == set()
    for person in (made.eva.person, made.chair.person, made.cleo):
        assert links(made, person) == {"jury"}
    for person in (dan, made.owner, made.entries[0].contact):
        assert links(made, person) == set()
