"""Coaching, held by the database itself: each rule is tried with raw SQL, and each has its other side."""

from contextlib import contextmanager, nullcontext

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from challenges.models import Assessment, Challenge, Coaching, Instrument
from factory import clock
from tests import contest, make

pytestmark = pytest.mark.django_db
SCORE = (
    "INSERT INTO challenges_score (assessment_id, criterion_id, points, motivation) "
    "VALUES (%s, %s, 8, 'Good')"
)
TIME = (
    "INSERT INTO challenges_coachedtime (coaching_id, held_date, minutes, note, noted_by_id, noted_at) "
    "VALUES (%s, now(), %s, '', %s, now())"
)
OFFER = (
    "INSERT INTO challenges_coaching (challenge_id, entry_id, coach_id, hours, begun_at) "
    "VALUES (%s, %s, %s, %s, now())"
)
SEAT = (
    "INSERT INTO challenges_juror (challenge_id, person_id, chairs, expertise, asked_at) "
    "VALUES (%s, %s, false, '', now())"
)


@pytest.fixture
def made():
    """Two finalists who are coached."""
    return contest.contest("coaching", entrants=[make.organisation(), make.organisation()])


@pytest.fixture
def before():
    """Two finalists who were promised coaching, and have none yet."""
    two = [make.organisation(), make.organisation()]
    return contest.contest("pitching", entrants=two, **contest.coached())


def settle():
    """What is deferred is looked at now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def as_if():
    """Whatever is written inside the block is not looked at, now or later."""
    settle()
    with pgtrigger.ignore():
        yield
        settle()


def said(sql, values=(), off=""):
    """What the database says to a statement, everything deferred included; undone again."""
    guard = pgtrigger.ignore(off) if off else nullcontext()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            with guard, transaction.atomic():
                cursor.execute(sql, values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return "taken"


def test_a_coach_cannot_score_not_even_past_django(before):
    """The coach's seat is put there with the guard of seats off; the guard of marks refuses all the same."""
    seat = before.challenge.jury.first()
    mark = Assessment.objects.filter(challenge=before.challenge, round="pitch", juror=seat).first()
    pitch = before.challenge.criteria.get(scored_at="pitch")
    contest.start_coaching(before.challenge, before.cleo)
    with as_if():
        Challenge.objects.update(state="pitching")
    assert said(SCORE, [mark.pk, pitch.pk]) == "taken"
    with as_if():
        Coaching.objects.filter(entry=before.entries[1]).update(coach=seat.person)
    assert said(SCORE, [mark.pk, pitch.pk]) == "juror_coaches_nobody"
    assert said(SCORE, [mark.pk, pitch.pk], off="challenges.Score:scored_fairly") == "taken"


def test_a_coach_gets_no_seat_and_a_juror_no_finalist(made):
    one = made.challenge.coachings.first()
    seat = [made.challenge.pk, one.coach_id]
    assert said(SEAT, seat) == "juror_coaches_nobody"
    assert said(SEAT, seat, off="challenges.Juror:coaches_nobody") == "taken"
    assert said(SEAT, [made.challenge.pk, make.person().pk]) == "taken"
    juror = made.challenge.jury.first().person_id
    change = "UPDATE challenges_coaching SET coach_id = %s WHERE id = %s"
    assert said(change, [juror, one.pk]) == "coach_does_not_judge"
    assert said(change, [made.entries[1].contact_id, one.pk]) == "coach_is_not_of_an_entrant"
    assert said(change, [juror, one.pk], off="challenges.Coaching:coach_does_not_judge") == "taken"
    assert said(change, [make.person().pk, one.pk]) == "taken"


def test_a_coach_notes_no_agreed_mark(made):
    one = made.challenge.coachings.first()
    with as_if():
        Challenge.objects.update(state="pitching")
    pitch = made.challenge.criteria.get(scored_at="pitch")
    agree = (
        "INSERT INTO challenges_consensus (entry_id, criterion_id, points, reason, noted_by_id, noted_at) "
        "VALUES (%s, %s, 8, '', %s, now())"
    )
    values = [one.entry_id, pitch.pk, one.coach_id]
    assert said(agree, values) == "consensus_is_noted_by_no_coach"
    assert said(agree, values, off="challenges.Consensus:agreed_together") == "taken"
    assert said(agree, [*values[:2], made.cleo.pk]) == "taken"


def test_the_offer_is_the_same_for_every_finalist(before):
    coach, (one, _two) = make.person(), before.entries
    values = [before.challenge.pk, one.pk, coach.pk]
    assert said(OFFER, [*values, 5]) == "coaching_offer_is_equal"
    assert said(OFFER, [*values, 4]) == "taken"
    assert said(OFFER, [*values, 5], off="challenges.Coaching:offer_is_equal") == "taken"
    with as_if():
        type(one).objects.filter(pk=one.pk).update(state="admitted")
    assert said(OFFER, [*values, 4]) == "coaching_is_of_a_finalist"


def test_the_promise_stands_once_it_is_public(made):
    change = "UPDATE challenges_challenge SET coaching_hours = 9"
    assert said(change) == "challenge_is_frozen_once_public"
    assert said("UPDATE challenges_coaching SET hours = 9") == "coaching_offer_is_equal"
    off = "challenges.Coaching:offer_is_equal"
    assert said("UPDATE challenges_coaching SET hours = 9", off=off) == "taken"
    assert "Cannot delete" in said("DELETE FROM challenges_coaching")


def test_no_coaching_begins_and_nothing_is_proposed_with_a_finalist_left_out(before):
    contest.start_coaching(before.challenge, before.cleo)
    with as_if():
        Coaching.objects.last().delete()
    rule = "coaching_is_offered_to_every_finalist"
    go = "UPDATE challenges_challenge SET state = '{}' WHERE state = '{}'"
    with as_if():
        Challenge.objects.update(state="pitching")
    for state in ("coaching", "proposed"):
        assert said(go.format(state, "pitching")) == rule
        off = said(
            go.format(state, "pitching"), off="challenges.Challenge:offered_to_every_finalist"
        )
        assert off != rule


def test_it_lasts_as_long_as_was_promised(made):
    rule = "coaching_lasts_as_promised"
    end = "UPDATE challenges_challenge SET state = 'pitching'"
    sooner = "UPDATE challenges_challenge SET coaching_until = now() + interval '1 hour'"
    off = "challenges.Challenge:coaching_lasts_as_promised"
    assert (said(end), said(sooner)) == (rule, rule)
    assert rule not in (said(end, off=off), said(sooner, off=off))


def test_nobody_uses_more_than_was_offered_and_strangers_note_nothing(made):
    one = made.challenge.coachings.first()
    assert said(TIME, [one.pk, 240, one.coach_id]) == "taken"
    assert said(TIME, [one.pk, 241, one.coach_id]) == "coached_time_within_the_offer"
    assert said(TIME, [one.pk, -15, one.coach_id]) == "coached_time_within_the_offer"
    assert said(TIME, [one.pk, 60, made.cleo.pk]) == "taken"
    assert said(TIME, [one.pk, 60, made.owner.pk]) == "coached_time_is_noted_by_who_coaches"
    off = "challenges.CoachedTime:within_the_offer"
    assert said(TIME, [one.pk, 241, made.owner.pk], off=off) == "taken"
    assert "coached_time_in_range" in said(TIME, [one.pk, 0, one.coach_id], off=off)
    with as_if():
        Challenge.objects.update(state="proposed")
    assert said(TIME, [one.pk, 60, one.coach_id]) == "coached_time_before_the_proposal"


def test_a_finalist_without_coaching_is_not_scored_at_the_pitch(before):
    mark = Assessment.objects.filter(challenge=before.challenge, round="pitch").first()
    pitch = before.challenge.criteria.get(scored_at="pitch")
    rule = "score_at_the_pitch_after_the_coaching"
    assert said(SCORE, [mark.pk, pitch.pk]) == rule
    assert said(SCORE, [mark.pk, pitch.pk], off="challenges.Score:scored_fairly") == "taken"


def test_a_plan_changes_while_its_finalist_is_coached_and_not_after(made):
    one = made.entries[0]
    type_on = 'UPDATE challenges_entry SET typed = \'{"plan": "New"}\' WHERE id = %s'
    assert said(type_on, [one.pk]) == "taken"
    with as_if():
        Challenge.objects.update(coaching_until=clock.now())
    rule = "entry_stands_from_the_deadline_on"
    assert said(type_on, [one.pk]) == rule
    assert said(type_on, [one.pk], off="challenges.Entry:stands_from_the_deadline_on") == "taken"
    money = "UPDATE challenges_entry SET amount_cents = 7 WHERE id = %s"
    assert said(money, [one.pk]) == rule


def test_coaching_is_promised_only_where_entries_may_change():
    contest.contest("shaping", **contest.coached(after=30))
    change = "UPDATE challenges_challenge SET instrument_id = %s"
    prize = Instrument.objects.get(slug="prize").pk
    assert said(change, [prize]) == "challenge_is_coached_where_entries_may_change"
    off = "challenges.Challenge:coached_where_entries_may_change"
    assert said(change, [prize], off=off) == "taken"
    assert said(change, [Instrument.objects.get(slug="private").pk]) == "taken"
    assert "challenge_coaching_hours_in_range" in said(
        "UPDATE challenges_challenge SET coaching_hours = 81"
    )


def test_what_is_laid_down_has_a_window_for_the_promised_hours():
    made = contest.contest("approved", **contest.coached(after=30))
    gone = "UPDATE challenges_challenge SET coaching_until = NULL WHERE id = %s"
    assert "challenge_coaching_has_a_window" in said(gone, [made.challenge.pk])
    none = "UPDATE challenges_challenge SET coaching_until = NULL, coaching_from = NULL, coaching_hours = NULL"
    assert said(none) == "taken"
