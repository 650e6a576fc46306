"""The pages around the decision ask the database as often for one entrant as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.lifecycle import objection as objections
from challenges.models import Letter, Objection
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
SIZES = (1, 3, 7)


def asked(client, url):
    client.get(url)  # what is asked once and kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def world(state, number):
    return contest.contest(state, entrants=[make.organisation() for _n in range(number)])


@pytest.mark.parametrize("state", ["proposed", "decided", "notified"])
def test_the_page_of_the_decision(client, state):
    found = set()
    for number in SIZES:
        made = world(state, number)
        if state == "notified":
            for entry in made.entries:
                one = Objection(entry=entry, challenge=made.challenge)
                objections.lodge(one, by=entry.contact, kind="objection", text="No.")
        sign_in(client, made.cleo)
        found.add(asked(client, reverse("challenges:deciding", args=[made.challenge.slug])))
    assert len(found) == 1, found
    assert found.pop() <= 30


def test_the_form_of_the_jury(client):
    found = set()
    for number in SIZES:
        made = world("consensus", number)
        sign_in(client, made.cleo)
        found.add(asked(client, reverse("challenges:move", args=[made.challenge.slug, "propose"])))
    assert len(found) == 1, found


def test_a_letter_asks_the_same_however_many_there_are(client):
    found = set()
    for number in SIZES:
        made = world("notified", number)
        sign_in(client, made.entries[0].contact)
        found.add(asked(client, Letter.objects.get(entry=made.entries[0]).get_absolute_url()))
    assert len(found) == 1, found
    assert found.pop() <= 20
