"""The board of challenges: what is found by what, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.figures import home_bands
from challenges.models import Challenge
from factory import clock
from partners.models import Goal, Theme
from tests import contest

URL = "/en/challenges/"


def titles(client, **query):
    return [row.title for row in client.get(URL, query).context["page_obj"]]


def facets(client, **query):
    found = client.get(URL, query).context["facets"]
    return {facet: {o.value: n for o, n, _on in boxes} for facet, _head, boxes in found}


@pytest.fixture
def lekstede_board(lekstede, broodnodig):
    """One open for three weeks, one awarded, one called off, one not public yet; all of Lekstede."""
    contest.challenge(
        "open", by=lekstede, title="Rides to the clinic", themes=[Theme.objects.first()]
    )
    contest.contest(
        "awarded",
        by=lekstede,
        entrants=[broodnodig],
        title="Maatwerkvervoer",
        envelope_cents=4_000_000,
    )
    contest.challenge("cancelled", by=lekstede, title="Warm houses", goals=[Goal.objects.first()])
    contest.challenge("scheduled", by=lekstede, title="Still a secret")


@pytest.mark.django_db
def test_the_board_shows_what_is_open_and_with_all_what_is_over_too(client, lekstede_board):
    assert titles(client) == ["Rides to the clinic"]
    assert set(titles(client, state="all")) == {
        "Rides to the clinic",
        "Maatwerkvervoer",
        "Warm houses",
    }
    assert titles(client, state="awarded") == ["Maatwerkvervoer"]
    assert set(titles(client, state=["awarded", "ended"])) == {"Maatwerkvervoer", "Warm houses"}


def test_what_opens_later_is_told_by_its_day_alone(client, lekstede_board):
    answer = client.get(URL, {"state": "all"})
    assertContains(answer, "One more opens soon, on")
    assertNotContains(answer, "Still a secret")


def test_a_box_counts_what_ticking_it_would_show(client, lekstede_board):
    found = facets(client)
    assert found["state"] == {"open": 1, "awarded": 1, "ended": 1, "all": 3}
    assert found["closes"] == {"next": 1}
    assert found["theme"] == {Theme.objects.first().slug: 1}
    assert "goal" not in found
    found = facets(client, state="all")
    assert found["envelope"] == {"small": 1, "middle": 2}
    assert found["goal"] == {Goal.objects.first().slug: 1}
    assert found["instrument"] == {"subsidy": 3}
    assert titles(client, state="all", envelope="small") == ["Maatwerkvervoer"]
    assert titles(client, state="all", goal=Goal.objects.first().slug) == ["Warm houses"]


@pytest.mark.parametrize("text", ["maatwerkvervoer", "vervoer", "matwerkvervoer", "Maatwrkvervoer"])
def test_it_is_found_by_title_part_of_a_word_or_a_typing_mistake(client, lekstede_board, text):
    assert "Maatwerkvervoer" in titles(client, q=text, state="all")


def test_an_organisation_and_its_place_find_their_challenges(client, lekstede_board):
    assert len(titles(client, q="Lekstede", state="all")) == 3
    assert len(titles(client, q="Nieuwegein", state="all")) == 3


@pytest.mark.parametrize("text", ["!!!", "a & | !", "%", "\\", "<script>", "''", "x" * 500])
def test_strange_words_are_harmless(client, db, text):
    assert client.get(URL, {"q": text, "state": "'; DROP", "page": "x"}).status_code == 200


def test_the_first_deadline_stands_first(client, lekstede):
    for title, days in (("Later", 60), ("Sooner", 35)):
        deadline = clock.now() + timedelta(days=days)
        contest.challenge("open", by=lekstede, title=title, deadline_at=deadline)
    assert titles(client) == ["Sooner", "Later"]
    assert titles(client, sort="new") == ["Sooner", "Later"]


def test_htmx_gets_the_address_for_the_bar_and_empty_fields_fall_away(client, db):
    assert client.get(URL, {"q": "", "state": "all"}).url == f"{URL}?state=all"
    answer = client.get(URL, {"q": "", "state": "all"}, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == f"{URL}?state=all"


def test_the_board_costs_the_same_few_queries_at_any_size(client, lekstede):
    addresses = ("", "?state=all&q=rides", "?theme=x&state=open&envelope=middle")
    costs = {address: set() for address in addresses}
    for size in (1, 3, 50):
        while Challenge.objects.count() < size:
            contest.challenge("open", by=lekstede, title=f"Rides {Challenge.objects.count()}")
        for address in addresses:
            client.get(URL + address)
            with CaptureQueriesContext(connection) as captured:
                client.get(URL + address)
            costs[address].add(len(captured))
    assert all(len(found) == 1 and max(found) <= 8 for found in costs.values()), costs


def test_home_shows_a_few_of_what_is_going_on_and_first_what_closes_soonest(client, lekstede):
    contest.challenge("open", by=lekstede, title="Late")
    with clock.replay(clock.now() - timedelta(days=10)):
        contest.challenge("open", by=lekstede, title="Soon")
    for title in ("Weighed", "Weighed too"):
        contest.challenge("scoring", by=lekstede, title=title)
    contest.challenge("cancelled", by=lekstede, title="Called off")
    (band,) = home_bands()
    assert band["rows"][0].title == "Soon"
    assert [challenge.phase for challenge in band["rows"]] == ["open", "open", "judged"]
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/")
    assert len(captured) <= 8


def test_home_and_the_site_map_know_of_them(client, lekstede_board):
    home = client.get("/en/")
    assertContains(home, "1 open now")
    assertContains(home, "Being worked on now")
    assertNotContains(home, "still-a-secret")
    answer = client.get("/sitemap.xml")
    assertContains(answer, "/challenges/maatwerkvervoer")
    assertContains(answer, f"{reverse('challenges:list')}</loc>")
    assertNotContains(answer, "still-a-secret")
