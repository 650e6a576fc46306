"""A challenge reaches every state through the moves, and the money never exceeds the envelope."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import award as awards
from challenges.lifecycle import bringing, proposing
from challenges.models import Award, Challenge, Entry
from factory.moves import Missing, the_factory
from tests import contest, make

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("state", Challenge.State.values)
def test_a_challenge_reaches(state):
    assert contest.challenge(state).state == state


def test_more_than_the_envelope_is_not_proposed():
    made = contest.contest("consensus", entrants=[make.organisation(), make.organisation()])
    one, other = made.entries
    with pytest.raises(Missing):
        proposing.propose(
            made.challenge, by=made.cleo, awards=[(one, 7_500_000), (other, 3_000_000)]
        )
    proposing.propose(made.challenge, by=made.cleo, awards=[(one, 7_500_000), (other, 2_500_000)])
    made.challenge.refresh_from_db()
    assert made.challenge.committed_cents == 10_000_000


def test_the_database_refuses_more_than_the_envelope():
    made = contest.contest("proposed", entrants=[make.organisation(), make.organisation()])
    over = Award(entry=made.entries[1], cents=5_000_001)
    with (
        pytest.raises(IntegrityError, match="challenge_awards_within_the_envelope"),
        transaction.atomic(),
    ):
        awards.put_forward(over, by=the_factory())
    awards.put_forward(Award(entry=made.entries[1], cents=5_000_000), by=the_factory())


def test_who_sent_it_in_does_not_approve_it():
    made = contest.contest("shaping")
    with pytest.raises(IntegrityError, match="challenge_approver_is_not_submitter"):
        raw("UPDATE challenges_challenge SET approved_by_id = submitted_by_id")
    raw("UPDATE challenges_challenge SET approved_by_id = %s", made.colleague.pk)


def test_without_a_route_to_adoption_it_is_not_approved():
    made = contest.contest("shaping", adoption_by="")
    facts = {"approver": "Mila Holder", "approved_date": made.challenge.created_at.date()}
    facts["approval_number"] = "2026-114"
    with pytest.raises(Missing):
        bringing.approve(made.challenge, by=made.cleo, **facts)
    bringing.draw_up(made.challenge, by=made.owner, explores_only=True)
    bringing.approve(made.challenge, by=made.cleo, **facts)


def test_weights_that_do_not_make_100_are_refused():
    made = contest.contest("approved")
    with pytest.raises(IntegrityError, match="criterion_is_frozen_from_the_approval_on"):
        raw("UPDATE challenges_criterion SET weight = 40 WHERE weight = 50")
    assert made.challenge.criteria.count() == 3


@pytest.mark.parametrize(
    "column",
    ["envelope_cents = envelope_cents + 1", "deadline_at = deadline_at + interval '1 day'"],
)
def test_what_is_public_does_not_change_silently(column):
    contest.challenge("open")
    with pytest.raises(IntegrityError, match="challenge_"):
        raw(f"UPDATE challenges_challenge SET {column}")
    raw("UPDATE challenges_challenge SET deadline_at = deadline_at, phone = '030'")


def test_an_organisation_enters_once():
    made = contest.challenge("open")
    first = contest.entry(made)
    with pytest.raises(Missing):
        contest.entry(made, first.organisation)
    facts = {"challenge": made, "contact": first.contact, "number": 9, "state": "draft"}
    with (
        pytest.raises(IntegrityError, match="entry_one_an_organisation"),
        transaction.atomic(),
    ):
        Entry(organisation=first.organisation, **facts).save()
    contest.entry(made)


def test_an_entry_does_not_change_after_the_deadline():
    made = contest.contest("closed", entrants=[make.organisation()])
    with pytest.raises(IntegrityError, match="entry_stands_from_the_deadline_on"):
        raw("UPDATE challenges_entry SET plan = 'Better'")
    with pytest.raises(IntegrityError, match="entry_is_sent_in_time"):
        raw("UPDATE challenges_entry SET submitted_at = clock_timestamp()")
    raw("UPDATE challenges_entry SET reason = 'x'")
    assert Entry.objects.get().plan == made.entries[0].plan


@pytest.mark.parametrize("state", ["draft", "scheduled", "open", "closed"])
def test_nobody_else_reads_an_entry_before_it_is_opened(state, cleo, max_, dan):
    by = make.organisation()
    made = contest.contest(state, entrants=[by])
    if not made.entries:
        return
    for person in (cleo, max_, dan, made.owner, made.other):
        assert not Entry.objects.visible_to(person).exists()
    assert Entry.objects.visible_to(by.owner).exists()
