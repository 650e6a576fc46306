"""Questions: asked in time by who may enter, answered for everybody, and never who asked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from challenges.lifecycle import questions
from challenges.models import Follower, Question
from factory import clock
from factory.journal.models import Event
from factory.me.data import everything_about
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.test_challenge_page import english
from tests.doors import sign_in
from tests.tables import columns, open_to, states

TEXT = "May a plan be about one street?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(lekstede):
    """Open for questions for another week."""
    until = clock.now() + timedelta(days=7)
    return contest.contest("open", by=lekstede, questions_until=until)


def told(person):
    """What somebody heard of questions."""
    told = Notice.objects.filter(recipient=person, channel="inbox", template__contains="/question/")
    return set(told.values_list("template", flat=True))


def asked(challenge, by, state="asked", text=TEXT):
    """A question of Ada's in any state."""
    made = Question(challenge=challenge)
    questions.ask(made, by=by, text=text)
    if state == "answered":
        questions.reply(made, by=challenge.owner, answer="Yes, it may.")
    if state == "set_aside":
        questions.set_aside(made, by=challenge.owner, reason="It says who you are.")
    return made


WHO_MAY = """
            | asked           | answered | set_aside
owner       | reply set_aside | improve  |
entrant     |                 |          |
viewer      |                 |          |
coordinator | reply set_aside | improve  | take_back
stranger    |                 |          |
"""


@pytest.mark.parametrize(("state", "expected"), columns(WHO_MAY))
def test_who_may_do_what_with_a_question(state, expected, opened, ada, broodnodig, cleo, dan, vera):
    question = asked(opened.challenge, ada, state)
    people = {
        "owner": opened.owner,
        "entrant": ada,
        "viewer": vera,
        "coordinator": cleo,
        "stranger": dan,
    }
    assert open_to(questions.moves, people, question) == expected


def test_the_table_knows_every_state():
    assert states(WHO_MAY) == set(Question.State.values)


def test_who_asks_belongs_to_an_organisation_that_may_enter(opened, ada, broodnodig, dan, noor):
    new = Question(challenge=opened.challenge)
    assert questions.ask.may.test(ada, new)
    assert questions.ask.may.test(dan, new)
    assert not questions.ask.may.test(noor, new)
    assert not questions.ask.may.test(make.person("Nobody Yet"), new)


def test_the_whole_way_over_http(client, opened, ada, broodnodig, noor, mailbox):
    page = english(opened.challenge)
    sign_in(client, ada)
    assertContains(client.get(page), "Ask a question")
    client.post(f"{page}follow/")
    client.post(f"{page}ask/", {"text": TEXT, "token": "a" * 32}, follow=True)
    question = Question.objects.get()
    assertContains(client.get(page), "Waits for an answer")
    client.logout()
    assertNotContains(client.get(page), TEXT)
    sign_in(client, noor)
    answer = client.get(page)
    assertContains(answer, TEXT)
    assertNotContains(answer, "Ada Owner")
    client.post(f"/en/challenges/questions/{question.pk}/reply/", {"answer": "Yes, it may."})
    client.logout()
    answer = client.get(page)
    assertContains(answer, TEXT)
    assertContains(answer, "Yes, it may.")
    assertNotContains(answer, "Ada Owner")
    assert told(ada) == {"notices/question/reply_the_asker"}
    assert Notice.objects.filter(recipient=noor, template__contains="ask_owner").exists()


def test_nobody_but_the_staff_reads_who_asked(client, opened, ada, broodnodig, noor, cleo):
    asked(opened.challenge, ada)
    assertNotContains(sign_in(client, noor).get(english(opened.challenge)), "Ada Owner")
    assertNotContains(client.get("/en/desk/inbox/"), "Ada Owner")
    assertContains(
        sign_in(client, cleo, second_factor=True).get(english(opened.challenge)),
        "Asked by Ada Owner",
    )


def test_the_journal_holds_no_word_of_it(opened, ada, broodnodig):
    question = asked(opened.challenge, ada, "answered")
    said = " ".join(str(event.details) for event in Event.objects.about(question))
    assert "street" not in said


def test_followers_hear_of_an_answer_and_of_a_better_one(opened, ada, broodnodig, dan):
    Follower.objects.create(challenge=opened.challenge, person=dan)
    question = asked(opened.challenge, ada, "answered")
    questions.improve(question, by=opened.owner, answer="Yes, if a second street is cheaper.")
    assert told(dan) == {
        "notices/question/reply_drafters_and_followers",
        "notices/question/improve_drafters_and_followers",
    }


def test_after_the_moment_nothing_is_asked(lekstede, ada, broodnodig):
    until = clock.now() - timedelta(hours=1)
    made = contest.challenge("open", by=lekstede, questions_until=until)
    with pytest.raises(Missing):
        asked(made, ada)


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


COPY = """INSERT INTO challenges_question (state, challenge_id, asker_id, text, asked_at, answer, reason)
    SELECT 'asked', challenge_id, asker_id, text, %s, '', '' FROM challenges_question"""


def test_the_database_refuses_a_question_that_is_late_or_of_the_future(opened, ada, broodnodig):
    asked(opened.challenge, ada)
    until = opened.challenge.questions_until
    for moment in (until + timedelta(seconds=1), clock.now() + timedelta(minutes=5)):
        with pytest.raises(DatabaseError, match="question_is_asked_in_time"):
            raw(COPY, moment)
    with pytest.raises(
        DatabaseError, match="without a journal entry"
    ):  # in time; only the journal lacks it
        raw(COPY, clock.now())


@pytest.mark.parametrize(
    ("why", "change", "allowed"),
    [
        ("question_stands_as_asked", "text = 'Other words'", "text = text"),
        ("question_stands_as_asked", "asked_at = now()", "asked_at = asked_at"),
        ("question_answered_with_words", "answer = ''", "answer = 'Better words'"),
        ("question_answered_with_words", "answered_by_id = NULL", "answered_by_id = asker_id"),
    ],
)
def test_the_database_keeps_what_was_asked_and_answered(
    opened, ada, broodnodig, why, change, allowed
):
    asked(opened.challenge, ada, "answered")
    with pytest.raises(DatabaseError, match=why):
        raw(f"UPDATE challenges_question SET {change}")
    raw(f"UPDATE challenges_question SET {allowed}")


def test_a_question_leads_to_its_place_on_the_page(client, opened, ada, broodnodig):
    question = asked(opened.challenge, ada, "answered")
    answer = client.get(f"/en/challenges/questions/{question.pk}/")
    assertRedirects(
        answer, f"{english(opened.challenge)}#question-{question.pk}", fetch_redirect_response=False
    )


def test_what_is_kept_of_the_owner_does_not_say_who_asked(opened, ada, broodnodig):
    asked(opened.challenge, ada, "answered")
    rows = everything_about(opened.owner)["challenges.question.answered_by"]
    assert rows
    assert "asker_id" not in rows[0]
