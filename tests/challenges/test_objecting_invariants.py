"""What PostgreSQL refuses around objections and talks, round Django."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError

from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Challenge, Objection, Talk
from factory import clock
from tests import contest
from tests.challenges.test_course import raw

pytestmark = pytest.mark.django_db
FINAL = "UPDATE challenges_challenge SET state = 'awarded'"


@pytest.fixture
def made():
    made = contest.contest("notified")
    contest.arrive(made.challenge)
    made.entry, made.by = made.entries[0], made.entries[0].contact
    return made


def lodged(made):
    one = Objection(entry=made.entry, challenge=made.challenge)
    objections.lodge(one, by=made.by, kind="objection", text="No.")
    raw("SELECT 1")
    return one


def test_nothing_is_final_while_an_objection_is_open(made):
    lodged(made)
    yesterday = clock.today() - timedelta(days=1)
    Challenge.objects.update(term_ends_date=yesterday)
    with pytest.raises(IntegrityError, match="challenge_no_objection_in_the_way"):
        raw(FINAL)
    ignored = ("no_objection_in_the_way", "state_is_journalled")
    with pgtrigger.ignore(*[f"challenges.Challenge:{name}" for name in ignored]):
        raw(FINAL)  # the negative control


def test_an_objection_comes_while_the_term_runs(made):
    lodged(made)
    columns = "challenge_id, decision_id, entry_id, kind, received_date, text, lodged_by_id, lodged_at, reason, state"
    copy = (
        f"INSERT INTO challenges_objection ({columns}) SELECT {columns} FROM challenges_objection"
    )
    made.challenge.refresh_from_db()
    with pgtrigger.ignore("challenges.Objection:state_is_journalled"):
        raw(copy)
        others = contest.contest("awarded")
        moved = copy.replace("SELECT challenge_id", f"SELECT {others.challenge.pk}")
        with pytest.raises(IntegrityError, match="objection_in_time"):
            raw(moved)


def test_an_objection_says_something_and_is_decided_with_a_reason(made):
    lodged(made)
    with pytest.raises(IntegrityError, match="objection_says_something"):
        raw("UPDATE challenges_objection SET text = ''")
    with pgtrigger.ignore("challenges.Objection:state_is_journalled"):
        with pytest.raises(IntegrityError, match="objection_decided_with_a_reason"):
            raw("UPDATE challenges_objection SET state = 'upheld'")
        raw("UPDATE challenges_objection SET state = 'upheld', reason = 'x'")


def test_one_talk_at_a_time_and_planned_at_a_moment(made):
    talks.ask(Talk(entry=made.entry, challenge=made.challenge), by=made.by)
    raw("SELECT 1")
    columns = "challenge_id, entry_id, asked_by_id, asked_at, question, place, state"
    with pytest.raises(IntegrityError, match="talk_one_at_a_time"):
        raw(f"INSERT INTO challenges_talk ({columns}) SELECT {columns} FROM challenges_talk")
    with pytest.raises(IntegrityError, match="talk_planned_at_a_moment"):
        raw("UPDATE challenges_talk SET state = 'planned'")
