"""What pages may ask of the database: the impact page, setting up, and the desk of who is everything at once."""

import pytest
from django.test import Client

from challenges.lifecycle import setting_up
from challenges.models import CoOwner, FormQuestion, Guidance
from factory import clock
from tests import contest, make
from tests.challenges.test_jury_pages import queries
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 50]


@pytest.mark.parametrize("number", SIZES)
def test_the_impact_page(client, number):
    contest.contest("awarded")
    contest.contest("closed", entrants=[make.organisation() for _n in range(number)])
    assert queries(client, "/impact/") <= 8


@pytest.mark.parametrize("number", SIZES)
def test_the_page_of_setting_up(number):
    at = clock.now()
    made = contest.contest("shaping", decision_by=at.replace(year=at.year + 1))
    for place in range(number):
        contest.juror(made.challenge, f"Juror {place}")
        FormQuestion.objects.create(challenge=made.challenge, text=f"Why {place}?", position=place)
        CoOwner.objects.create(
            challenge=made.challenge, organisation=make.organisation(), cents=100
        )
    Guidance.objects.create(
        challenge=made.challenge, answers={}, norms={}, reasons=[], lawyer=[], by=made.owner
    )
    address = f"{made.challenge.get_absolute_url()}setup/"
    for person in (made.owner, made.cleo):
        client = sign_in(Client(), person)
        assert queries(client, address) <= 10
    page = client.get(address).content.decode()
    assert page.count("Juror ") >= number
    assert f"Why {number - 1}?" in page
    assert setting_up.SETS_UP.test(made.owner, made.challenge)


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_of_a_juror_whose_organisation_enters(number):
    for _n in range(number):
        told = contest.contest("notified", entrants=[make.organisation()])
        person = told.entries[0].contact
        scored = contest.contest("scoring")
        scored.challenge.jury.create(person=person, said_yes_at=clock.now())
    assert queries(sign_in(Client(), person), "/desk/") <= 19  # six of them for what fits them
