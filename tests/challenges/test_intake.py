"""The intake in steps: it saves itself, colleagues go on with it, and nobody writes over unseen words."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test import Client

from challenges.lifecycle import bringing, intake
from challenges.models import Challenge, Helper, Step
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in
from tests.journeys.visitor import fields_of

SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def made(lekstede):
    return contest.challenge("draft", by=lekstede, sentence="", budget_holder="")


@pytest.fixture
def sam(lekstede):
    """Noor's colleague, an editor."""
    return make.member(lekstede, "editor", "Sam Colleague")


def browser(person):
    return sign_in(Client(), person)


def address(made, step="problem"):
    return f"/en{made.get_absolute_url().removeprefix('/en')}steps/{step}/"


def opened(client, made, step="problem"):
    page = BeautifulSoup(client.get(address(made, step)).content, "html.parser")
    return fields_of(page.find("form", class_="form"))


def fresh(made):
    return Challenge.objects.get(pk=made.pk)


def test_it_saves_itself_without_a_line_in_the_journal(made, noor):
    client, before = browser(noor), Event.objects.count()
    form = opened(client, made)
    heard = client.post(address(made), form | {"sentence": "Three hundred miss care."}, **SCRIPT)
    assert "You can stop here" in heard.json()["said"]
    assert fresh(made).sentence == "Three hundred miss care."
    assert Event.objects.count() == before


def test_a_press_saves_it_and_goes_on_to_the_next_step(made, noor):
    client = browser(noor)
    form = opened(client, made)
    answer = client.post(address(made), form | {"sentence": "Three hundred miss care."})
    assert answer.url.endswith("/steps/sufferers/")
    assert Event.objects.about(made).last().details == {"step": "problem"}


def test_its_language_is_seen_in_its_words_at_every_save(made, noor):
    client = browser(noor)
    form = opened(client, made)
    dutch = {
        "title": "Eenzaam in de wijk",
        "problem": "Driehonderd mensen komen niet van hun kamer af.",
    }
    client.post(address(made), form | dutch, **SCRIPT)
    assert fresh(made).language == "nl"
    english = {
        "title": "Lonely here",
        "problem": "Three hundred people do not get out of their room.",
    }
    client.post(address(made), opened(client, made) | english, **SCRIPT)
    assert fresh(made).language == "en"


def test_a_colleague_goes_on_where_the_other_stopped(made, noor, sam):
    one = browser(noor)
    one.post(address(made), opened(one, made) | {"sentence": "Three hundred"}, **SCRIPT)
    other = browser(sam)
    form = opened(other, made)
    assert form["sentence"] == "Three hundred"
    other.post(address(made), form | {"sentence": "Three hundred miss care.", "stop": "yes"})
    assert fresh(made).sentence == "Three hundred miss care."
    assert {h.person for h in Helper.objects.all()} == {noor, sam}


def test_two_colleagues_never_write_over_each_other_unseen(made, noor, sam):
    one, other = browser(noor), browser(sam)
    hers, his = opened(one, made), opened(other, made)
    one.post(address(made), hers | {"sentence": "Hers"})
    assert other.post(address(made), his | {"sentence": "His"}, **SCRIPT).status_code == 409
    answer = other.post(address(made), his | {"sentence": "His"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert "Noor Buyer changed this" in page.get_text()
    assert "Hers" in page.get_text()
    again = fields_of(page.find("form", class_="form"))
    assert again["sentence"] == "His"
    other.post(address(made), again)
    assert fresh(made).sentence == "His"


def test_other_steps_do_not_stand_in_each_others_way(made, noor, sam):
    one, other = browser(noor), browser(sam)
    hers, his = opened(one, made), opened(other, made, "money")
    one.post(address(made), hers | {"sentence": "Hers"})
    other.post(address(made, "money"), his | {"envelope_cents": "90.000"})
    assert (fresh(made).sentence, fresh(made).envelope_cents) == ("Hers", 9_000_000)


def test_a_save_whose_answer_was_lost_is_no_conflict_of_ones_own(made, noor):
    client = browser(noor)
    form = opened(client, made)
    client.post(address(made), form | {"sentence": "One"}, **SCRIPT)
    assert client.post(address(made), form | {"sentence": "Two"}, **SCRIPT).status_code == 200


def test_what_is_not_right_yet_is_said_and_the_rest_is_kept(made, noor):
    client = browser(noor)
    form = opened(client, made, "money") | {"envelope_cents": "a lot", "co_funders": "The fund"}
    heard = client.post(address(made, "money"), form, **SCRIPT).json()
    assert "not right yet" in heard["said"]
    assert fresh(made).co_funders == "The fund"
    assert client.post(address(made, "money"), form).status_code == 422


def test_the_deputy_is_a_colleague_who_decides_and_not_the_owner(made, noor, sam, dan):
    client = browser(noor)
    form = opened(client, made, "people")
    for person, status in ((sam, 302), (noor, 422), (dan, 422)):
        answer = client.post(
            address(made, "people"), opened(client, made, "people") | {"deputy": person.pk}
        )
        assert answer.status_code == status, form
    assert fresh(made).deputy == sam


def test_what_is_missing_before_approval_and_how_far_it_is_stand_on_its_page(made, noor):
    page = browser(noor).get(address(made).removesuffix("steps/problem/")).content.decode()
    for words in (
        "Still missing before it can be approved",
        "The budget holder is missing.",
        "of 9 steps are complete",
    ):
        assert words in page


def test_a_coordinator_fills_in_and_the_owner_says_of_each_step_that_it_is_right(
    lekstede, noor, cleo
):
    made = contest.challenge("shaping", by=lekstede)
    desk = browser(cleo)
    form = opened(desk, made, "success") | {
        "success": "Nobody misses care.",
        "baseline": "300 of 1,200",
    }
    assert desk.post(address(made, "success"), form).status_code == 302
    made = fresh(made)
    assert any("A coordinator filled" in words for words in bringing.still_lacks(made))
    intake.ask_whether_right(made, by=cleo)
    assert Notice.objects.filter(
        recipient=noor, template__endswith="ask_whether_right_those_who_brought_it"
    ).exists()
    home = browser(noor)
    assert "Is it right?" in home.get(address(made).removesuffix("steps/problem/")).content.decode()
    intake.affirm_step(made, by=noor, step="success")
    assert Step.objects.get().right_by == noor
    assert not any("A coordinator filled" in words for words in bringing.still_lacks(made))
    with pytest.raises(Missing):
        intake.affirm_step(made, by=noor, step="success")


def test_who_changes_what_a_coordinator_filled_in_says_by_that_what_is_right(lekstede, noor, cleo):
    made = contest.challenge("shaping", by=lekstede)
    intake.fill_in(made, by=cleo, step="tried", tried="A bus.")
    intake.fill_in(made, by=noor, step="tried", seen=1, tried="A bus, and taxis.")
    assert Step.objects.get().right_by == noor


def test_a_step_is_not_filled_in_once_it_is_approved(lekstede, noor):
    made = contest.challenge("approved", by=lekstede)
    client = browser(noor)
    assert client.get(address(made)).status_code == 409
    assert client.post(address(made), {"sentence": "x"}, **SCRIPT).status_code == 410


def test_the_follow_up_rule_is_shown_where_it_is_promised(made, noor):
    page = browser(noor).get(address(made, "adoption")).content.decode()
    assert "Silence is shown as overdue" in page
    assert "no follow-up is promised" in page


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO challenges_step (challenge_id, name, version, page, saved_by_id, saved_at)"
        " SELECT challenge_id, name, 1, '', saved_by_id, saved_at FROM challenges_step",
        "UPDATE challenges_step SET name = 'whatever'",
        "UPDATE challenges_step SET right_at = NULL",
    ],
)
def test_the_database_refuses(made, noor, sql):
    intake.fill_in(made, by=noor, step="tried", tried="A bus.")
    with (
        pytest.raises(IntegrityError, match="step_"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    with connection.cursor() as cursor:  # the negative control
        cursor.execute("UPDATE challenges_step SET version = version + 1")
