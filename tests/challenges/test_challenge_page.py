"""The page of a challenge: what, why, how, who and when, for everybody who may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from challenges.lifecycle import following
from challenges.models import Adoption
from factory import clock
from factory.moves.registry import make_due_moves
from factory.templatetags.words import day, moment
from partners.models import Theme
from tests import contest, make


def cost(client, address):
    """How many queries a page takes, the second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def english(challenge):
    return f"/en/challenges/{challenge.slug}/"


@pytest.fixture
def opened(lekstede, broodnodig):
    """Open, with a full calendar, themes, a jury and one entry."""
    now = clock.now()
    facts = {
        "questions_until": 12,
        "answers_by": 15,
        "deadline_at": 25,
        "pitch_at": 40,
        "decision_by": 50,
    }
    days = {name: now + timedelta(days=number) for name, number in facts.items()}
    made = contest.contest(
        "open",
        by=lekstede,
        entrants=[broodnodig],
        themes=[*Theme.objects.all()[:2]],
        effort_hours=8,
        **days,
    )
    contest.juror(made.challenge, "Eva Juror", chairs=True, expertise="Works in care")
    return made


def test_it_tells_what_why_how_who_and_when_in_that_order(client, opened):
    page = client.get(english(opened.challenge)).content.decode()
    heads = ["What is the problem?", "How does it work?", "Who takes part?", "When?"]
    places = [page.index(f">{head}<") for head in heads]
    assert places == sorted(places)
    for words in (
        "Eva Juror",
        "About 8 hours",
        "50 of 100",
        "Open, 2",
        moment(opened.challenge.deadline_at),
    ):
        assert words in page, words


def test_how_many_take_part_is_told_in_total_and_nothing_of_who(client, opened):
    entry = opened.entries[0]
    contest.entry(opened.challenge, make.organisation("Other One"), state="draft")
    answer = client.get(english(opened.challenge))
    assertContains(answer, "1 is writing a plan")
    assertContains(answer, "1 plan was sent in")
    for secret in (entry.title, entry.organisation.name, entry.summary, "Other One"):
        assertNotContains(answer, secret)


def test_the_calendar_says_what_happens_now(client, opened):
    rows = client.get(english(opened.challenge)).context["tells"].steps
    assert [row["state"] for row in rows][:3] == ["done", "now", "later"]
    assert rows[-1]["text"] == "Decision on going on"


def test_an_exploration_promises_no_follow_up(client, lekstede):
    made = contest.challenge("open", by=lekstede, explores_only=True)
    assertContains(client.get(english(made)), "no follow-up is promised")


def test_the_chance_is_told_by_earlier_plans_and_by_what_became_of_their_trials(client, opened):
    assertNotContains(client.get(english(opened.challenge)), "In earlier challenges")
    told = ["The trial of the one earlier challenge like this went on"]
    told += ["In earlier challenges like this 1 of 2 trials went on"]
    for choice, words in zip(("adopt", "stop"), told, strict=True):
        pilot = contest.contest("running")
        following.decide(
            pilot.challenge.adoption, by=pilot.owner, choice=choice, reason="So it is."
        )
        assertContains(client.get(english(opened.challenge)), words)
    page = client.get(english(opened.challenge))
    assertContains(page, "In earlier challenges like this 2 of 2 plans were awarded")


def test_the_market_is_a_link_to_its_search_in_the_province(client, opened):
    assertContains(client.get(english(opened.challenge)), "/en/market/?q=")


def test_what_is_not_public_is_not_there_and_its_own_people_read_it(client, lekstede, noor, dan):
    made = contest.challenge("shaping", by=lekstede)
    assert client.get(english(made)).status_code == 404
    client.force_login(dan)
    assert client.get(english(made)).status_code == 404
    client.force_login(noor)
    assertContains(client.get(english(made)), "noindex")


def test_what_ended_says_why(client, lekstede):
    made = contest.challenge("cancelled", by=lekstede)
    assertContains(client.get(english(made)), "The council decided otherwise.")


def test_it_costs_a_visitor_the_same_few_queries_whatever_there_is(client, opened, lekstede):
    costs = {cost(client, english(opened.challenge))}
    for number in range(3):
        contest.entry(opened.challenge, make.organisation(f"Entrant {number}"))
        contest.juror(opened.challenge, f"Juror {number}")
        costs.add(cost(client, english(opened.challenge)))
    assert len(costs) == 1, costs
    assert max(costs) <= 8, costs


def said(on):
    """A day as the English page says it."""
    with translation.override("en"):
        return day(on)


def promised(client, made):
    """What the calendar of the page says of the promised decision, as ``(state, note)``."""
    rows = client.get(english(made.challenge)).context["tells"].steps
    return next((r["state"], r["note"]) for r in rows if r["text"] == "Decision on going on")


def test_the_calendar_reads_what_became_of_the_promise(client, lekstede):
    pilot = contest.contest("running")
    promise, new = pilot.challenge.adoption, clock.today() + timedelta(days=500)
    before, after = said(promise.due_date), said(new)
    assert promised(client, pilot) == ("later", before)
    following.postpone(promise, by=pilot.owner, due_date=new, reason="The council meets later.")
    assert promised(client, pilot) == ("later", after)
    past = clock.today() - timedelta(days=60)
    Adoption.objects.update(promised_date=past, due_date=past)
    assert promised(client, pilot) == ("later", said(past))  # over, and not done
    make_due_moves()
    assert promised(client, pilot) == ("now", f"promised for {said(past)}, and not taken yet")
    promise.refresh_from_db()
    following.decide(promise, by=pilot.owner, choice="adopt", reason="It works.")
    assert promised(client, pilot) == ("done", f"taken on {said(clock.today())}")


def test_a_day_that_went_by_before_the_award_is_no_decision(client, lekstede):
    made = contest.contest("open", by=lekstede, adoption_due_date=clock.today())
    with clock.held(clock.now() + timedelta(days=2)):
        assert promised(client, made)[0] == "later"


def test_what_ended_early_and_an_exploration_say_nothing_of_a_decision(client, lekstede):
    for made in (
        contest.challenge("cancelled", by=lekstede),
        contest.challenge("open", by=lekstede, explores_only=True),
    ):
        rows = client.get(english(made)).context["tells"].steps
        assert "Decision on going on" not in {row["text"] for row in rows}
