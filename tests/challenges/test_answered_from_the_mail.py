"""A question and a request for a talk are answered by the link in the mail, without signing in."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from challenges.lifecycle import talk as talks
from challenges.models import Question, Talk
from factory import clock
from factory.journal.models import Event
from factory.notices.letters import write
from factory.notices.models import Notice
from tests import contest
from tests.challenges.test_questions import TEXT, asked

pytestmark = pytest.mark.django_db


def link(person, template, move):
    """The address of the one answer that the last mail of this kind asks for."""
    told = Notice.objects.mail().filter(recipient=person, template=template).latest("pk")
    assert told.answers == [move]
    (path,) = re.findall(r"http://[^/]+((?:/en)?/a/\S+)", write(told)[2])
    return path


@pytest.fixture
def question(lekstede, ada, broodnodig):
    until = clock.now() + timedelta(days=7)
    opened = contest.contest("open", by=lekstede, questions_until=until, envelope_cents=1_500_000)
    return asked(opened.challenge, ada)


def test_a_question_is_answered_for_everybody_without_signing_in(question, ada, client):
    owner = question.challenge.owner
    address = link(owner, "notices/question/ask_owner_and_deputy", "reply")
    page = client.get(address).content.decode()
    assert TEXT in page
    assert question.challenge.title in page
    assert ada.name not in page
    assert Question.objects.get(pk=question.pk).state == "asked"
    client.post(address, {"answer": "Yes, one street is enough."})
    question.refresh_from_db()
    assert (question.state, question.answer) == ("answered", "Yes, one street is enough.")
    assert "_auth_user_id" not in client.session
    event = Event.objects.about(question).get(verb="question.reply")
    assert (event.actor, event.channel) == (owner, Event.Channel.MAIL)


def test_where_much_is_at_stake_an_answer_asks_to_sign_in(lekstede, ada, broodnodig, client):
    until = clock.now() + timedelta(days=7)
    large = asked(contest.contest("open", by=lekstede, questions_until=until).challenge, ada)
    address = link(large.challenge.owner, "notices/question/ask_owner_and_deputy", "reply")
    client.post(address, {"answer": "Yes."})
    assert Question.objects.get(pk=large.pk).state == "asked"


def test_an_empty_answer_stays_a_question(question, client):
    address = link(question.challenge.owner, "notices/question/ask_owner_and_deputy", "reply")
    assert client.post(address, {"answer": " "}).status_code == 422
    assert Question.objects.get(pk=question.pk).state == "asked"


def test_the_other_of_owner_and_deputy_reads_that_it_was_answered(question, client):
    challenge = question.challenge
    mails = [
        link(person, "notices/question/ask_owner_and_deputy", "reply")
        for person in (challenge.owner, challenge.deputy)
    ]
    client.post(mails[0], {"answer": "Yes."})
    answer = client.post(mails[1], {"answer": "No."})
    assert answer.status_code == 409
    assert Question.objects.get(pk=question.pk).answer == "Yes."


def test_a_talk_is_planned_without_signing_in(lekstede, ada, client):
    made = contest.contest("notified", by=lekstede)
    entry = made.entries[0]
    talk = Talk(entry=entry, challenge=made.challenge)
    talks.ask(talk, by=entry.contact, question="What was weak?")
    address = link(made.owner, "notices/talk/ask_those_who_decide", "plan")
    assert "What was weak?" in client.get(address).content.decode()
    day = timezone.localdate() + timedelta(days=3)
    said = {"day": day.isoformat(), "hour": "14:30", "place": "At the town hall"}
    client.post(address, said)
    talk.refresh_from_db()
    assert (talk.state, talk.place) == ("planned", "At the town hall")
    assert "_auth_user_id" not in client.session
