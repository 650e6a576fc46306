"""What a mail about a challenge asks by a day, or for which it expects the reader, stands in the diary too."""

from datetime import UTC, timedelta

import pytest

from challenges.lifecycle import deadlines, questions
from challenges.lifecycle import entry as entries
from challenges.lifecycle import talk as talks
from challenges.models import Challenge, Question, Talk
from factory import clock
from factory.journal.models import Event
from factory.moves import registry
from factory.notices.models import Notice
from tests import contest, make
from tests.market.test_dates_in_mails import entries as in_the_diary

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(lekstede, broodnodig):
    """A challenge whose jury scores, until tomorrow."""
    made = contest.contest("scoring", by=lekstede, entrants=[broodnodig])
    tomorrow = clock.now() + timedelta(days=1)
    Challenge.objects.filter(pk=made.challenge.pk).update(scores_by=tomorrow)
    made.challenge.refresh_from_db()
    return made


def entry_in(thing, name, person):
    """The one day in this mail about the thing."""
    event, model = Event.objects.about(thing).last(), thing._meta.model_name
    mail = {"event": event, "recipient": person, "address": person.email, "language": "en"}
    (found,) = in_the_diary(Notice(template=f"notices/{model}/{name}", **mail))
    return found


def known(thing):
    """What the mails about a thing of this model are called."""
    every = registry[thing._meta.label_lower].every().values()
    return {part.template(move).rpartition("/")[2] for move in every for part in move.tells}


def in_a_week():
    """A moment to meet."""
    return (clock.now() + timedelta(days=7)).replace(microsecond=0)


MOMENTS = [
    ("assign_newly_assigned", "scores_by", "The jury has read and scored"),
    ("nudge_jury_jurors_with_work", "scores_by", "The jury has read and scored"),
    ("remind_jury_jurors_with_work", "scores_by", "The jury has read and scored"),
    ("publish_followers_of_all", "deadline_at", "Sending in plans"),
    ("invite_partner_those_just_invited", "deadline_at", "Sending in plans"),
]


@pytest.mark.parametrize(("name", "field", "words"), MOMENTS)
def test_a_moment_of_the_calendar_stands_in_the_diary_by_the_hour(scoring, ada, name, field, words):
    found, moment = entry_in(scoring.challenge, name, ada), getattr(scoring.challenge, field)
    assert found["DTSTART"].dt == moment.replace(microsecond=0)
    assert found["DTSTART"].dt.utcoffset() == UTC.utcoffset(None)
    assert found["SUMMARY"] == f"{words}: {scoring.challenge.title}"


def test_every_mail_with_a_day_is_one_that_is_sent(scoring, lekstede, ada):
    challenge, one = scoring.challenge, scoring.entries[0]
    things = [
        (challenge, deadlines.of_challenge(challenge)),
        (one, deadlines.of_entry(one)),
        (Question(challenge=challenge), None),
        (Talk(challenge=challenge, entry=one), None),
    ]
    ways = {Question: deadlines.of_question, Talk: deadlines.of_talk}
    for thing, found in things:
        rows = list(found or ways[type(thing)](thing))
        assert {mail for row in rows for mail in row.mails} <= known(thing)
        names = [row.name for row in rows]
        assert len(names) == len(set(names))


def test_who_is_asked_to_repair_gets_the_last_day(lekstede, broodnodig, ada):
    checking = contest.contest("checking", by=lekstede, entrants=[broodnodig])
    one = checking.entries[0]
    entries.ask_to_repair(one, by=checking.cleo, reason="The map is missing.", until=clock.today())
    one.refresh_from_db()
    found = entry_in(one, "ask_to_repair_entrants", ada)
    assert found["DTSTART"].dt == one.repair_by_date


def test_who_answers_a_question_gets_the_moment_for_everybody(lekstede, broodnodig, ada, noor):
    opened = contest.contest("open", by=lekstede, answers_by=in_a_week()).challenge
    asked = Question(challenge=opened)
    questions.ask(asked, by=ada, text="May two towns enter together?")
    found = entry_in(asked, "ask_owner_and_deputy", noor)
    assert found["DTSTART"].dt == opened.answers_by.replace(microsecond=0)


def test_a_talk_that_is_planned_stands_in_the_diary(lekstede, broodnodig, ada):
    told = contest.contest("notified", by=lekstede, entrants=[broodnodig])
    talk, planned_at = Talk(challenge=told.challenge, entry=told.entries[0]), in_a_week()
    talks.ask(talk, by=ada, question="What was weak?")
    talks.plan(talk, by=told.owner, planned_at=planned_at, place="The town hall")
    found = entry_in(talk, "plan_entrants", ada)
    assert found["DTSTART"].dt == planned_at
    assert found["SUMMARY"] == f"Talk about the outcome: {told.challenge.title}"


def test_a_promise_to_decide_stands_in_the_diary(lekstede, broodnodig, noor):
    running = contest.contest("running", by=lekstede, entrants=[broodnodig])
    promised = running.challenge.adoption
    found = entry_in(promised, "remind_owner_and_deputy", noor)
    assert found["DTSTART"].dt == promised.due_date


def test_a_certificate_that_runs_out_stands_in_the_diary(broodnodig, ada):
    proof = make.credential(by=broodnodig, days=60)
    found = entry_in(proof, "remind_owners", ada)
    assert found["DTSTART"].dt == proof.valid_until
    assert "Broodnodig" in found["SUMMARY"]


def test_who_checks_a_claim_gets_the_day_that_was_promised(broodnodig, cleo):
    found = entry_in(broodnodig, "claim_coordinators", cleo)
    assert found["DTSTART"].dt == broodnodig.answer_by
