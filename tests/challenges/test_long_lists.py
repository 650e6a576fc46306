"""Juries with many entries: pages, what is to do first, and the way from one entry to the next."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.lifecycle import entry as entries_of
from challenges.lifecycle import judging, jury
from factory.lists import A_PAGE
from tests import contest, make
from tests.challenges.test_jury_pages import queries, typed
from tests.doors import sign_in
from tests.worlds import kept

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 50]


def houses(number):
    return [make.organisation() for _n in range(number)]


@kept
def before_a_chair(number, state):
    """So many entries, all to be read by the chair."""
    made = contest.contest(state, entrants=houses(number))
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.at = made.challenge.get_absolute_url()
    if state == "scoring":
        contest.declare(made.challenge, made.chair)
        jury.assign(made.challenge, by=made.cleo, each=1)
    return made


def world(number, state="scoring"):
    made = before_a_chair(number, state)
    made.client = sign_in(Client(), made.chair.person)
    return made


def page(made, name, **said):
    address = reverse(f"challenges:{name}", args=[made.challenge.slug])
    return made.client.get(address, said)


@pytest.fixture
def many():
    return world(A_PAGE + 5)


def test_what_is_still_to_score_stands_first(many):
    first = many.chair.assessments.get(entry__number=1)
    contest.scored(first)
    found = page(many, "jury")
    assert [one.entry.number for one in found.context["mine"]] == list(range(2, A_PAGE + 2))
    assert (found.context["to_do"], found.context["done"]) == (A_PAGE + 4, 1)
    last = page(many, "jury", page=2).context["mine"]
    assert [one.entry.number for one in last] == [*range(A_PAGE + 2, A_PAGE + 6), 1]


def test_the_two_lists_of_a_chair_have_pages_of_their_own(many):
    found = page(many, "jury", entries=2)
    assert found.context["mine"].number == 1
    assert [row["number"] for row in found.context["rows"]] == list(range(A_PAGE + 1, A_PAGE + 6))
    text = found.content.decode()
    assert 'href="?entries=2&amp;page=2"' in text
    assert 'href="?entries=1#who-reads-what"' in text
    assert text.count('<nav class="pages"') == 2


def test_a_coordinator_turns_the_pages_of_who_reads_what(many):
    client = sign_in(Client(), many.cleo)
    found = client.get(f"{many.at}jury/", {"page": 2})
    assert [row["number"] for row in found.context["rows"]] == list(range(A_PAGE + 1, A_PAGE + 6))


def test_a_page_that_does_not_exist_is_the_last_one(many):
    assert page(many, "jury", page="999").context["mine"].number == 2
    assert page(many, "jury", page="x").context["mine"].number == 1


def test_saving_leads_to_the_next_entry_that_is_to_do_and_round_to_the_first(many):
    mine = {one.entry.number: one for one in many.chair.assessments.select_related("entry")}
    contest.scored(mine[4])

    def then(number):
        answer = many.client.post(mine[number].get_absolute_url(), typed(mine[number], then="next"))
        return answer["Location"]

    assert then(3) == mine[5].get_absolute_url()
    assert then(A_PAGE + 5) == mine[1].get_absolute_url()


def test_the_entry_before_and_the_one_after_are_one_key_away(many):
    mine = {one.entry.number: one for one in many.chair.assessments.select_related("entry")}
    text = many.client.get(mine[7].get_absolute_url()).content.decode()
    assert f'<a rel="prev" href="{mine[6].get_absolute_url()}">' in text
    assert f'<a rel="next" href="{mine[8].get_absolute_url()}">' in text
    first = many.client.get(mine[1].get_absolute_url()).content.decode()
    assert 'rel="prev"' not in first


def test_entries_that_wait_for_the_check_stand_first():
    made = contest.contest("checking", entrants=houses(A_PAGE + 2))
    for number in (1, 2):
        entries_of.admit(made.entries[number - 1], by=made.cleo)
    made.client = sign_in(Client(), made.cleo)
    found = page(made, "check")
    assert [row["entry"].number for row in found.context["rows"]] == list(range(3, A_PAGE + 3))
    assert found.context["waiting"] == A_PAGE
    rest = page(made, "check", page=2)
    assert [row["entry"].number for row in rest.context["rows"]] == [1, 2]
    assert rest.context["waiting"] == A_PAGE


def compared(number):
    """So many entries, scored by the chair and laid beside each other."""
    made = world(number)
    for one in made.chair.assessments.select_related("entry"):
        contest.scored(one, points=1 + one.entry.number % 10)
    judging.deliberate(made.challenge, by=made.chair.person)
    return made


def test_the_ranking_goes_on_over_its_pages():
    made = compared(A_PAGE + 5)
    places = [
        row["place"].rank
        for number in (1, 2)
        for row in page(made, "ranking", page=number).context["rows"]
    ]
    assert len(places) == A_PAGE + 5
    assert places == sorted(places)
    assert places[0] == 1


@pytest.mark.parametrize("number", SIZES)
def test_long_lists_ask_the_database_as_often_as_short_ones(number):
    made = compared(number)
    assert queries(made.client, f"{made.at}ranking/") <= 14
    checked = contest.contest("checking", entrants=houses(number))
    client = sign_in(Client(), checked.cleo)
    assert queries(client, f"{checked.challenge.get_absolute_url()}check/") <= 8


@pytest.mark.parametrize("number", SIZES)
def test_the_page_of_the_decision_has_pages_too(number):
    made = contest.contest("proposed", entrants=houses(number))
    made.client = sign_in(Client(), made.cleo)
    found = page(made, "deciding")
    assert len(found.context["entries"]) == min(number, A_PAGE)
    address = reverse("challenges:deciding", args=[made.challenge.slug])
    assert queries(made.client, address) <= 30
