"""What challenges add to the impact page, the desk and their own pages once they are awarded."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from challenges.desk import desk_queues
from challenges.figures import impact_figures
from factory import clock
from tests import contest
from tests.challenges.test_challenge_page import english
from tests.challenges.test_questions import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def awarded(lekstede, broodnodig):
    """Half of an envelope of EUR 100 000 awarded to Broodnodig."""
    return contest.contest("awarded", by=lekstede, entrants=[broodnodig])


def stats(on):
    with translation.override("en"):
        return {words: figure for figure, words in impact_figures(on)["stats"]}


def test_the_impact_page_counts_what_opened_and_what_is_final(client, awarded, lekstede):
    contest.challenge("notified", by=lekstede)
    found = stats(clock.today())
    assert found == {
        "impact challenges opened": "2",
        "in their envelopes": "€\xa0200,000",
        "awarded to plans": "€\xa050,000",
    }
    assert stats(date(2020, 1, 1)) == {}
    assertContains(client.get("/en/impact/"), "How far challenges get")


def test_an_earlier_day_stays_as_it_was(awarded):
    yesterday = clock.today() - timedelta(days=1)
    assert "awarded to plans" not in stats(yesterday)
    assert stats(yesterday)["impact challenge opened"] == "1"


def test_what_goes_on_after_the_trial_is_counted(lekstede, broodnodig):
    contest.contest("finished", by=lekstede, entrants=[broodnodig])
    (path,) = impact_figures(clock.today())["sections"]
    assert [row["value"] for row in path["rows"]] == [1, 1, 1, 1, 1]


def test_the_page_tells_who_got_what_and_why_once_it_is_final(client, awarded, lekstede):
    assertContains(client.get(english(awarded.challenge)), "It fits the question.")
    assertContains(client.get(english(awarded.challenge)), "Ride along with Broodnodig")
    told = contest.contest("notified", by=lekstede, entrants=[awarded.entries[0].organisation])
    assertNotContains(client.get(english(told.challenge)), "Ride along with")


def test_a_question_waits_on_the_owners_desk_until_it_is_answered(lekstede, noor, ada, broodnodig):
    made = contest.contest("open", by=lekstede)

    def titles(kind):
        queues = desk_queues(noor)
        return [
            item["title"] for queue in queues if queue["kind"] == kind for item in queue["items"]
        ]

    assert titles("yours") == []
    asked(made.challenge, ada)
    assert titles("yours") == [made.challenge.title]
    assert titles("others") == [made.challenge.title]
    asked(made.challenge, ada, "answered", text="Another one?")
    assert titles("yours") == [made.challenge.title]
