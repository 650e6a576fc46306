"""Lowest marks, held by the database itself: no award for an entry below one, whoever writes it."""

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from challenges.models import Assessment, Consensus, Criterion, Score
from tests import contest, make
from tests.challenges.test_coaching_invariants import as_if

pytestmark = pytest.mark.django_db
AWARD = (
    "INSERT INTO challenges_award (challenge_id, entry_id, cents, state, created_at, reason) "
    "VALUES (%s, %s, 100, 'proposed', now(), '')"
)
RULE = "award_is_not_below_a_minimum"


@pytest.fixture
def made():
    """One entry on which two jurors gave a 7 and a 5 for impact; the others gave sevens."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    contest.juror(made.challenge, "First")
    contest.juror(made.challenge, "Second")
    made.score()
    made.impact, _feasible, made.pitch = made.challenge.criteria.all()
    given = Score.objects.filter(criterion=made.impact, assessment__entry=made.entries[0])
    with as_if():
        Score.objects.filter(pk=given.first().pk).update(points=5)
    return made


def minimum(criterion, mark):
    with as_if():
        Criterion.objects.filter(pk=criterion.pk).update(minimum=mark)


def said(made, number=0):
    """What the database says to a raw award for an entry; undone again."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(AWARD, [made.challenge.pk, made.entries[number].pk])
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return "taken"


def test_an_entry_at_the_minimum_can_be_awarded_and_one_below_it_not(made):
    assert said(made) == "taken"
    minimum(made.impact, 6)
    assert said(made) == "taken"
    minimum(made.impact, 7)
    assert (said(made), said(made, 1)) == (RULE, "taken")
    with pgtrigger.ignore("challenges.Award:not_below_a_minimum"):
        assert said(made) == "taken"


def test_what_the_jury_agreed_on_counts_instead_of_the_average(made):
    minimum(made.impact, 7)
    with as_if():
        agreed = {"entry": made.entries[0], "criterion": made.impact, "noted_by": made.cleo}
        Consensus.objects.create(points=7, **agreed)
        rows = Consensus.objects.filter(**agreed)
    assert said(made) == "taken"
    with as_if():
        rows.update(points=6)
    assert said(made) == RULE


def test_void_and_open_marks_hold_nobody_back(made):
    minimum(made.impact, 7)
    with as_if():
        Assessment.objects.filter(entry=made.entries[0]).update(state="void")
    assert said(made) == "taken"


def test_a_mark_at_an_earlier_pitch_does_not_count_for_who_is_no_finalist(made):
    minimum(made.pitch, 9)
    one, seat = made.entries[0], made.challenge.jury.first()
    facts = {"challenge": made.challenge, "juror": seat, "entry": one, "round": "pitch"}
    with as_if():
        pitched = Assessment.objects.create(state="locked", locked_at=one.created_at, **facts)
        Score.objects.create(assessment=pitched, criterion=made.pitch, points=8, motivation="Good")
    assert said(made) == "taken"
    with as_if():
        type(one).objects.filter(pk=one.pk).update(state="shortlisted")
    assert said(made) == RULE
