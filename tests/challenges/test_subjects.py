"""What a challenge is about: ticked in the intake and when setting up, and found by it on the board and the market."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.lifecycle import bringing, intake
from challenges.models import Challenge, Step
from partners.models import Goal, Theme
from tests import contest
from tests.challenges.test_challenge_page import cost, english
from tests.doors import sign_in
from tests.journeys.visitor import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def care():
    return Theme.objects.get(slug="care")


@pytest.fixture
def health():
    return Goal.objects.get(order=3)


def about(made):
    return {one.slug for one in made.themes.all()}, {one.order for one in made.goals.all()}


def test_they_are_ticked_in_a_step_of_the_intake_that_is_done_with_a_theme(
    lekstede, noor, care, health
):
    made = contest.challenge("draft", by=lekstede)
    client, address = sign_in(Client(), noor), f"{english(made)}steps/about/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    groups = [legend.get_text(" ", strip=True) for legend in page.select("fieldset legend")]
    assert [words.partition("?")[0] for words in groups] == [
        "Which themes does it touch",
        "Which global goals does it help to reach",
    ]
    form = fields_of(page.find("form", class_="form"))
    said = form | {"themes": [care.pk], "goals": [health.pk]}
    kept = client.post(address, said, HTTP_ACCEPT="application/json")
    assert kept.status_code == 200
    assert about(made) == ({"care"}, {3})
    assert client.post(address, said | {"goals": []}).url.endswith("/steps/tried/")
    assert about(made) == ({"care"}, set())
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert [box["value"] for box in page.select("input[checked]")] == [str(care.pk)]
    step = next(row for row in page.select("ol.steps li") if "What it is about" in row.get_text())
    assert "is-now" in step["class"]
    assertContains(client.get(english(made)), care.name_en)


def test_two_colleagues_do_not_untick_each_others_boxes_unseen(lekstede, noor, care):
    made = contest.challenge("draft", by=lekstede)
    client, address = sign_in(Client(), noor), f"{english(made)}steps/about/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    old = fields_of(page.find("form", class_="form"))
    intake.fill_in(made, by=noor, step="about", themes=[care], goals=[])
    answer = client.post(address, old | {"themes": [Theme.objects.get(slug="work").pk]})
    assert answer.status_code == 409
    assertContains(answer, str(care.name_en), status_code=409)
    assert about(made) == ({"care"}, set())


def test_what_a_coordinator_ticked_is_told_to_the_owner_in_words(lekstede, noor, cleo, care):
    made = contest.challenge("shaping", by=lekstede)
    intake.fill_in(made, by=cleo, step="about", themes=[care], goals=[])
    assert Step.objects.waiting().get().name == "about"
    page = sign_in(Client(), noor).get(english(made))
    assertContains(page, "Which themes does it touch?")
    assertContains(page, care.name_en)


def test_setting_up_shows_it_and_it_can_get_better_once_it_is_public(lekstede, noor, care, health):
    made = contest.challenge("open", by=lekstede)
    client = sign_in(Client(), noor)
    setup, page = f"{english(made)}setup/", f"{english(made)}set_subjects/"
    assertContains(client.get(setup), page)
    said = {"themes": [care.pk], "goals": [health.pk], "token": "a" * 32}
    assert client.post(page, said).status_code == 302
    assert about(made) == ({"care"}, {3})
    assertContains(client.get(setup), f"{care.name_en}, {health.name_en}")
    closed = contest.challenge("closed", by=lekstede)
    assert (
        client.post(f"{english(closed)}set_subjects/", said | {"token": "b" * 32}).status_code
        == 409
    )


def test_another_box_in_the_same_form_is_not_the_form_that_was_sent_before(
    lekstede, noor, care, health
):
    made = contest.challenge("open", by=lekstede)
    client, page = sign_in(Client(), noor), f"{english(made)}set_subjects/"
    work = Theme.objects.get(slug="work")
    said = {"themes": [care.pk, work.pk], "goals": [health.pk], "token": "a" * 32}
    for _twice in range(2):
        assert client.post(page, said).status_code == 302
    assert client.post(page, said | {"themes": [work.pk]}).status_code == 409
    assert about(made) == ({"care", "work"}, {3})


def test_the_board_finds_it_and_its_page_leads_to_the_market(client, lekstede, noor, care, health):
    made = contest.challenge("open", by=lekstede)
    other = contest.challenge("open", by=lekstede, title="Quite another problem")
    board = "/en" + reverse("challenges:list").removeprefix("/nl").removeprefix("/en")
    assertNotContains(client.get(english(made)), "market/?q=")
    bringing.moves["set_subjects"](made, by=noor, themes=[care], goals=[health])
    for box in ("theme=care", f"goal={health.slug}"):
        answer = client.get(f"{board}?{box}")
        assertContains(answer, made.title)
        assertNotContains(answer, other.title)
    assertContains(client.get(english(made)), "market/?q=")


def test_a_copied_problem_is_about_the_same(lekstede, noor, care, health):
    first = contest.challenge("open", by=lekstede)
    first.relate(themes=[care], goals=[health])
    again = Challenge(organisation=lekstede)
    facts = contest.FACTS | {"region": lekstede.region, "copied_from": first}
    bringing.bring(again, by=noor, **facts)
    assert about(again) == ({"care"}, {3})


def test_the_pages_cost_as_much_with_all_of_them_as_with_none(lekstede, noor):
    made = contest.challenge("shaping", by=lekstede)
    client = sign_in(Client(), noor)
    pages = [f"{english(made)}{part}" for part in ("", "setup/", "steps/about/")]
    before = [cost(client, page) for page in pages]
    made.relate(themes=Theme.objects.all(), goals=Goal.objects.all())
    assert [cost(client, page) for page in pages] == before
