"""What PostgreSQL refuses around the decision, round Django; and what it lets through."""

import pgtrigger
import pytest
from django.db import IntegrityError, transaction

from challenges.lifecycle import deciding
from challenges.models import Finding
from tests import contest, make
from tests.challenges.test_course import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided():
    made = contest.contest("decided")
    raw("SELECT 1")  # what was deferred has been looked at
    return made


def test_an_award_is_decided_under_a_mandate_for_as_much(decided):
    raw("UPDATE challenges_award SET reason = 'x'")
    with pytest.raises(IntegrityError, match="decision_stands_as_it_was_noted"):
        raw("UPDATE challenges_decision SET cents = 1")
    with pytest.raises(IntegrityError, match="challenge_decided_under_a_mandate"):
        raw(
            "UPDATE challenges_decision SET ended_at = clock_timestamp(); "
            "UPDATE challenges_challenge SET phone = '1'"
        )


def test_without_the_trigger_more_is_decided_than_the_mandate(decided):
    """The negative control."""
    guard = "challenges.Challenge:decided_under_a_mandate"
    less = "UPDATE challenges_decision SET cents = 1"
    touch = "UPDATE challenges_challenge SET phone = '1'"
    with pgtrigger.ignore("challenges.Decision:stands_as_it_was_noted"):
        raw(less)
        with pytest.raises(IntegrityError, match="challenge_decided_under_a_mandate"):
            raw(touch)
        with pgtrigger.ignore(guard):
            raw(touch)


def test_a_paper_counts_once_it_was_checked_by_another():
    made = contest.contest("proposed")
    with pytest.raises(IntegrityError, match="decision_on_paper_has_its_paper"):
        raw(
            "INSERT INTO challenges_decision (challenge_id, kind, noted_by_id, decided_by, number, "
            "decided_date, cents, sent_back, noted_at) "
            "VALUES (%s, 'paper', %s, 'M', '1', now(), 9000000, '', now())",
            made.challenge.pk, made.owner.pk,
        )  # fmt: skip


def test_two_decisions_do_not_stand_at_once(decided):
    with pytest.raises(IntegrityError, match="decision_one_stands"):
        raw(
            "INSERT INTO challenges_decision (challenge_id, kind, noted_by_id, decided_by, number, "
            "decided_date, cents, sent_back, noted_at) SELECT challenge_id, kind, noted_by_id, "
            "decided_by, number, decided_date, cents, '', noted_at FROM challenges_decision"
        )


def test_who_noted_a_paper_does_not_check_it(decided):
    with pytest.raises(IntegrityError, match="decision_checked_by_another"):
        raw("UPDATE challenges_decision SET checked_by_id = noted_by_id, checked_at = now()")


def test_what_the_jury_laid_down_stands_from_the_proposal_on(decided):
    for column in ("weak", "strong", "reason"):
        with pytest.raises(IntegrityError, match="finding_stands_from_the_proposal_on"):
            raw(f"UPDATE challenges_finding SET {column} = 'Other'")
    with pytest.raises(IntegrityError, match="finding_stands_from_the_proposal_on"):
        raw("DELETE FROM challenges_finding")
    with pytest.raises(IntegrityError, match="proposal_stands_from_the_proposal_on"):
        raw("UPDATE challenges_proposal SET report = 'Other'")


def test_while_the_jury_deliberates_it_may_write():
    made = contest.contest("consensus")
    Finding.objects.create(challenge=made.challenge, entry=made.entries[0], strong="Near.")
    raw("UPDATE challenges_finding SET strong = 'Far.'")
    with pytest.raises(IntegrityError, match="finding_reserve_or_award"):
        raw("UPDATE challenges_finding SET cents = 100, place = 1")
    other = contest.contest("consensus")
    with pytest.raises(IntegrityError, match="finding_of_an_entry_of_the_challenge"):
        raw("UPDATE challenges_finding SET challenge_id = %s", other.challenge.pk)


def test_nobody_is_decided_on_without_a_reason(monkeypatch):
    made = contest.contest("consensus", entrants=[make.organisation()])
    contest.proposing.propose(made.challenge, by=made.cleo, awards=[(made.entries[0], 100)])
    made.colleague.memberships.update(mandate_cents=100)
    monkeypatch.setattr(deciding.decide, "unless", None)
    expected = pytest.raises(IntegrityError, match="challenge_every_entry_has_a_reason")
    with expected, transaction.atomic():
        deciding.decide(made.challenge, by=made.colleague)
        raw("SELECT 1")
