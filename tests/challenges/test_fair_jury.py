"""Who may judge what, held by the database itself: each rule is tried with raw SQL, and each has its other side."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import assessment as assessments
from challenges.models import Assessment, Entry, Interest, Score
from factory.moves import Missing
from tests import contest, make
from tests.challenges.test_course import raw

pytestmark = pytest.mark.django_db

MARK = (
    "INSERT INTO challenges_score (assessment_id, criterion_id, points, motivation) "
    "VALUES (%s, %s, %s, 'Good')"
)


@pytest.fixture
def jury():
    """A challenge that is scored, with two entries, a chair and a juror."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    made.impact, made.feasible, made.pitch = made.challenge.criteria.all()
    return made


def refused(words):
    return pytest.raises(IntegrityError, match=words)


def put(entry, seat):
    """An assessment round Django and round the moves: the journal is looked at when all ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO challenges_assessment (challenge_id, juror_id, entry_id, state, assigned_at, reason) "
            "VALUES (%s, %s, %s, 'open', now(), '')",
            [seat.challenge_id, seat.pk, entry.pk],
        )
        transaction.set_rollback(True)


def test_nobody_assesses_what_they_did_not_declare_about(jury):
    with refused("juror_declared_to_have_no_conflict"):
        put(jury.entries[0], jury.eva)
    contest.declare(jury.challenge, jury.eva)
    put(jury.entries[0], jury.eva)


def test_nobody_assesses_with_a_conflict(jury):
    contest.declare(jury.challenge, jury.eva, conflicts=jury.entries[:1])
    with refused("juror_declared_to_have_no_conflict"):
        put(jury.entries[0], jury.eva)
    put(jury.entries[1], jury.eva)


def test_nobody_assesses_an_entry_in_which_their_own_organisation_takes_part():
    bus, made = make.organisation("Buurtbus BV"), contest.contest("open")
    seat, apart = contest.juror(made.challenge), contest.juror(made.challenge, "Anna Apart")
    bus.memberships.create(person=seat.person, role="viewer", confirmed_at=seat.asked_at)
    said = [{"name": "Buurtbus BV", "share": 30, "organisation": bus.pk}]
    entry = contest.entry(made.challenge, partners=said)
    for one in (seat, apart):
        one.interests.create(entry=entry, conflicted=False, declared_by=one.person)
    with refused("juror_is_not_of_the_entrant"):
        put(entry, seat)
    put(entry, apart)


def test_nobody_assesses_the_entry_of_their_own_organisation(jury):
    contest.declare(jury.challenge, jury.eva)
    theirs = jury.entries[0].organisation.memberships
    row = theirs.create(person=jury.eva.person, role="viewer")
    put(jury.entries[0], jury.eva)  # only asked to join
    row.confirmed_at = jury.eva.asked_at
    row.save()
    with refused("juror_is_not_of_the_entrant"):
        put(jury.entries[0], jury.eva)


def test_an_assessment_stays_inside_one_challenge(jury):
    other = contest.contest("scoring")
    with refused("interest_of_one_challenge"), transaction.atomic():
        Interest.objects.create(
            juror=jury.eva, entry=other.entries[0], conflicted=False, declared_by=jury.eva.person
        )
    with refused("assessment_of_one_challenge"):
        put(other.entries[0], jury.eva)


def test_a_mark_is_from_one_to_ten(jury):
    made = contest.assessment(jury.entries[0], jury.eva)
    for points in (0, 11):
        with refused("score_in_range"):
            raw(MARK, made.pk, jury.impact.pk, points)
    raw(MARK, made.pk, jury.impact.pk, 10)
    with refused("score_one_a_criterion"):
        raw(MARK, made.pk, jury.impact.pk, 9)


def test_a_mark_is_on_a_criterion_of_this_challenge_and_round(jury):
    made = contest.assessment(jury.entries[0], jury.eva)
    foreign = contest.challenge("open").criteria.first()
    for criterion in (foreign, jury.pitch):
        with refused("score_of_a_criterion_of_this_round"):
            raw(MARK, made.pk, criterion.pk, 5)
    raw(MARK, made.pk, jury.feasible.pk, 5)


def test_no_mark_changes_once_locked(jury):
    made = contest.assessment(jury.entries[0], jury.eva, "locked")
    for change in ("UPDATE challenges_score SET points = 1", "DELETE FROM challenges_score"):
        with refused("score_of_an_open_assessment"):
            raw(change)
    assessments.unlock(made, by=jury.cleo, reason="You asked for it.")
    raw("UPDATE challenges_score SET points = 1")


def test_no_mark_changes_once_the_jury_deliberates(jury):
    contest.declare(jury.challenge, jury.chair)
    jury.deliberate()
    raw("UPDATE challenges_assessment SET state = state")
    with refused("score_"):
        raw("UPDATE challenges_score SET points = 1")


def test_an_assessment_is_locked_whole(jury):
    made = contest.assessment(jury.entries[0], jury.eva)
    contest.scored(made, lock=False)
    made.scores.filter(criterion=jury.impact).update(motivation="")
    with pytest.raises(Missing):
        assessments.lock(made, by=jury.eva.person)
    with refused("assessment_is_complete_when_locked"):
        raw("UPDATE challenges_assessment SET state = 'locked', locked_at = now()")
    made.scores.update(motivation="Because.")
    assessments.lock(made, by=jury.eva.person)


def test_a_conflict_that_turns_up_voids_what_was_given(jury):
    made = contest.assessment(jury.entries[0], jury.eva, "locked")
    with refused("conflict_voids_the_assessment"):
        raw("UPDATE challenges_interest SET conflicted = true WHERE juror_id = %s", jury.eva.pk)
    contest.declare(jury.challenge, jury.eva, conflicts=jury.entries[:1])
    made.refresh_from_db()
    assert made.state == "void"
    with refused("interest_is_not_taken_back"):
        raw("UPDATE challenges_interest SET conflicted = false")
    with refused("score_of_an_open_assessment"):
        raw("UPDATE challenges_score SET points = 1")


def test_one_standing_assessment_for_a_juror_and_an_entry(jury):
    contest.assessment(jury.entries[0], jury.eva)
    with refused("assessment_one_a_juror_and_entry"):
        put(jury.entries[0], jury.eva)
    contest.assessment(jury.entries[0], jury.chair)


def test_a_juror_reads_what_they_were_given_and_nothing_else(jury):
    eva = jury.eva.person
    one, _other = jury.entries
    assert not Entry.objects.read_by_jury(eva).exists()
    contest.declare(jury.challenge, jury.eva)
    assert not Entry.objects.read_by_jury(eva).exists()
    contest.assessment(one, jury.eva)
    assert [*Entry.objects.read_by_jury(eva)] == [one]
    contest.declare(jury.challenge, jury.eva, conflicts=[one])
    assert not Entry.objects.read_by_jury(eva).exists()
    assert not Entry.objects.visible_to(eva).exists()
    assert not Assessment.objects.visible_to(eva).exists()


def test_who_sits_in_the_jury_reads_as_a_juror_whatever_else_they_are(jury):
    jury.eva.person.is_staff = True
    jury.eva.person.save()
    assert not Entry.objects.visible_to(jury.eva.person).exists()
    assert Entry.objects.visible_to(jury.cleo).count() == 2


def test_nobody_sees_the_marks_of_others_before_their_own_are_locked(jury):
    entry = jury.entries[0]
    mine = contest.assessment(entry, jury.eva)
    theirs = contest.assessment(entry, jury.chair, "locked")
    seen = Score.objects.visible_to(jury.eva.person).filter(assessment=theirs)
    assert not seen.exists()
    assert not Score.objects.visible_to(jury.cleo).exists()
    contest.scored(mine)
    assert seen.count() == 2
