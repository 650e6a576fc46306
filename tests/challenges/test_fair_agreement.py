"""On which marks a jury agrees and who notes them, held by the database itself; who reads what later."""

import pytest
from django.db import IntegrityError

from challenges.lifecycle import judging
from challenges.models import Assessment, Consensus, Entry, Juror
from factory.me.merging import merge_accounts
from factory.moves import Missing
from tests import contest, make
from tests.challenges.test_course import raw

pytestmark = pytest.mark.django_db
PUT_DOWN = (
    "INSERT INTO challenges_consensus (entry_id, criterion_id, points, reason, noted_at, noted_by_id) "
    "VALUES (%s, %s, %s, '', now(), %s)"
)


@pytest.fixture
def jury():
    """A jury with a chair and a juror who scored two entries, about to deliberate."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    for seat in (made.chair, made.eva):
        contest.declare(made.challenge, seat)
    made.impact, made.feasible, made.pitch = made.challenge.criteria.all()
    made.by = made.chair.person
    return made


def refused(words):
    return pytest.raises(IntegrityError, match=words)


def agreed(jury, by, entry=0, criterion="impact", points=7):
    raw(
        PUT_DOWN, jury.entries[entry].pk, getattr(jury, criterion).pk, points, getattr(by, "pk", by)
    )


def test_an_agreed_mark_is_of_one_challenge_and_made_together(jury):
    with refused("consensus_while_the_jury_deliberates"):
        agreed(jury, jury.by)
    jury.deliberate()
    with refused("consensus_in_range"):
        agreed(jury, jury.by, points=11)
    with refused("consensus_while_the_jury_deliberates"):
        agreed(jury, jury.by, criterion="pitch")
    jury.foreign = contest.challenge("open").criteria.first()
    with refused("consensus_of_one_challenge"):
        agreed(jury, jury.by, criterion="foreign")
    agreed(jury, jury.by)


def test_marks_on_the_text_stand_once_finalists_pitch(jury):
    jury.deliberate()
    agreed(jury, jury.by)
    jury.shortlist()
    with refused("consensus_while_the_jury_deliberates"):
        raw("UPDATE challenges_consensus SET points = 1")
    agreed(jury, jury.by, criterion="pitch")


def test_who_notes_an_agreed_mark_leads_the_jury(jury):
    jury.deliberate()
    for nobody in (None, jury.eva.person):
        with refused("consensus_is_noted_"):
            agreed(jury, nobody)
    agreed(jury, jury.by)
    agreed(jury, jury.cleo, entry=1)


def test_a_chair_with_a_conflict_agrees_on_no_mark_of_that_entry(jury):
    jury.deliberate()
    agreed(jury, jury.by)
    contest.declare(jury.challenge, jury.chair, conflicts=jury.entries[:1])
    with refused("consensus_is_noted_without_a_conflict"):
        agreed(jury, jury.by, criterion="feasible")
    with refused("consensus_is_noted_without_a_conflict"):
        raw("UPDATE challenges_consensus SET points = 1")
    agreed(jury, jury.by, entry=1)
    agreed(jury, jury.cleo, criterion="feasible")


def test_a_conflict_of_a_seat_that_was_given_back_stays_one(jury):
    jury.deliberate()
    contest.declare(jury.challenge, jury.chair, conflicts=jury.entries[:1])
    Juror.objects.filter(pk=jury.chair.pk).update(
        said_yes_at=None, said_no_at=jury.chair.asked_at, chairs=False
    )
    with refused("consensus_is_noted_without_a_conflict"):
        agreed(jury, jury.by)


def test_nobody_of_the_entrant_notes_its_marks(jury):
    jury.deliberate()
    theirs, now = jury.entries[0].organisation.memberships, jury.chair.asked_at
    theirs.create(person=jury.cleo, role="viewer", confirmed_at=now)
    with refused("consensus_is_noted_without_a_conflict"):
        agreed(jury, jury.cleo)
    agreed(jury, jury.cleo, entry=1)


def test_at_the_pitch_the_jury_agrees_on_the_pitch_alone(jury):
    jury.deliberate()
    judging.shortlist(jury.challenge, by=jury.by, entries=jury.entries[:1])
    facts = {"by": jury.by, "entry": jury.entries[0]}
    with pytest.raises(Missing):
        judging.agree(jury.challenge, agreed={jury.impact: (8, "Again.")}, **facts)
    judging.agree(jury.challenge, agreed={jury.pitch: (8, "Again.")}, **facts)
    assert Consensus.objects.get().criterion == jury.pitch


def test_the_move_says_no_before_the_database_does(jury):
    jury.deliberate()
    contest.declare(jury.challenge, jury.chair, conflicts=jury.entries[:1])
    marks = {jury.impact: (8, "We looked again.")}
    with pytest.raises(Missing):
        judging.agree(jury.challenge, by=jury.by, entry=jury.entries[0], agreed=marks)
    judging.agree(jury.challenge, by=jury.by, entry=jury.entries[1], agreed=marks)
    assert [one.noted_by for one in Consensus.objects.all()] == [jury.by]


def test_two_accounts_of_a_chair_become_one_after_the_verdict(jury):
    jury.deliberate()
    agreed(jury, jury.by)
    jury.propose()
    stays = make.person("Carla Again")
    merge_accounts(jury.by, stays, by=jury.cleo)
    assert Consensus.objects.get().noted_by == stays
    with refused("consensus_while_the_jury_deliberates"):
        raw("UPDATE challenges_consensus SET points = 1")


def test_no_jury_deliberates_on_what_nobody_scored():
    made = contest.contest("scoring")
    with pytest.raises(Missing, match=r"(?i)nobody|niemand"):
        judging.deliberate(made.challenge, by=made.cleo)
    contest.assessment(made.entries[0], contest.juror(made.challenge), "locked")
    judging.deliberate(made.challenge, by=made.cleo)


def test_who_left_the_jury_reads_as_whoever_else_they_are_but_for_their_conflicts(jury):
    eva = jury.eva.person
    eva.is_staff = True
    eva.save()
    contest.declare(jury.challenge, jury.eva, conflicts=jury.entries[:1])
    assert not Entry.objects.visible_to(eva).exists()
    Juror.objects.filter(pk=jury.eva.pk).update(said_yes_at=None, said_no_at=jury.eva.asked_at)
    assert [*Entry.objects.visible_to(eva)] == jury.entries[1:]
    assert not Entry.objects.read_by_jury(eva).exists()
    contest.assessment(jury.entries[0], jury.chair)
    contest.assessment(jury.entries[1], jury.chair)
    assert [one.entry for one in Assessment.objects.visible_to(eva)] == jury.entries[1:]
