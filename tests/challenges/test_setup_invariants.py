"""What PostgreSQL refuses around setting up, whoever writes; with what it lets through beside it."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import bringing
from challenges.models import CoOwner, FormQuestion, LedgerLine, RuleSet
from factory import clock
from tests import contest, make

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(words, sql, *values):
    with pytest.raises(IntegrityError, match=words):
        raw(sql, *values)


def test_a_published_challenge_keeps_the_rules_of_that_day():
    made = contest.challenge("open")
    kept = RuleSet.objects.get(challenge=made)
    assert kept.value("eu-sub-central") == 21_600_000
    assert kept.value("objection-days") == 42
    with pytest.raises(Exception, match="Cannot"):
        raw("UPDATE challenges_ruleset SET values = '{}'")
    with pytest.raises(Exception, match="Cannot"):
        raw("DELETE FROM challenges_ruleset")


def test_nothing_is_published_without_its_rules():
    made = contest.challenge("scheduled")
    refused("challenge_keeps_its_rules", "UPDATE challenges_challenge SET published_at = now()")
    RuleSet.keep(made)
    raw("UPDATE challenges_challenge SET published_at = now()")


def test_the_calendar_is_in_order():
    contest.challenge("shaping", deadline_at=clock.now())
    change = "UPDATE challenges_challenge SET {} = deadline_at + interval '{} hours'"
    refused("challenge_calendar_in_order", change.format("answers_by", 1))
    refused("challenge_calendar_in_order", change.format("decision_by", -1))
    raw(change.format("answers_by", -1))
    raw(change.format("decision_by", 1))


def test_questions_stand_from_the_approval_on():
    made = contest.contest("shaping")
    FormQuestion.objects.create(challenge=made.challenge, text="Why?", most_words=100)
    refused("question_words_in_range", "UPDATE challenges_formquestion SET most_words = 2001")
    raw("UPDATE challenges_formquestion SET most_words = 200")
    made.approve()
    for sql in (
        "UPDATE challenges_formquestion SET text = 'X'",
        "DELETE FROM challenges_formquestion",
    ):
        refused("question_is_frozen_from_the_approval_on", sql)


def pledge(challenge, cents, approved=True, leads=False):
    facts = {"approver": "Ko", "approval_number": "7", "approved_date": clock.today()}
    by = challenge.organisation if leads else make.organisation(kind="municipality")
    return CoOwner.objects.create(
        challenge=challenge,
        organisation=by,
        cents=cents,
        leads=leads,
        **(facts if approved else {}),
    )


def test_a_shared_envelope_is_the_sum_of_what_was_approved(monkeypatch):
    monkeypatch.setattr(bringing.approve, "unless", None)  # what Python says; the database stays
    made = contest.contest("shaping")
    pledge(made.challenge, 6_000_000, approved=False, leads=True)
    waits = pledge(made.challenge, 4_000_000, approved=False)
    made.challenge.refresh_from_db()
    assert made.challenge.envelope_cents == 6_000_000
    raw("UPDATE challenges_challenge SET envelope_cents = 99")
    made.challenge.refresh_from_db()
    assert made.challenge.envelope_cents == 6_000_000
    with (
        pytest.raises(IntegrityError, match="challenge_all_pledges_are_approved"),
        transaction.atomic(),
    ):
        made.approve()
    refused(
        "co_owner_approved_by_name_and_number",
        "UPDATE challenges_coowner SET approved_date = now()",
    )
    raw(
        "UPDATE challenges_coowner SET approved_date = now(), approver = 'K', approval_number = '1' "
        "WHERE id = %s",
        waits.pk,
    )
    made.approve()
    made.challenge.refresh_from_db()
    assert made.challenge.envelope_cents == 10_000_000
    refused("co_owner_is_frozen_from_the_approval_on", "UPDATE challenges_coowner SET cents = 1")


def line(challenge, kind, cents):
    return LedgerLine.objects.create(challenge=challenge, kind=kind, cents=cents)


def test_the_ledger_never_goes_further_than_the_step_before():
    made = contest.challenge("draft")
    line(made, "pledged", 100)
    for kind, most in (("reserved", 100), ("awarded", 100), ("paid", 100)):
        with pytest.raises(IntegrityError, match="ledger_never_more"), transaction.atomic():
            line(made, kind, most + 1)
        line(made, kind, most)
    with pytest.raises(IntegrityError, match="ledger_never_more"), transaction.atomic():
        line(made, "awarded", -1)
    with pytest.raises(Exception, match="Cannot"):
        raw("UPDATE challenges_ledgerline SET cents = 1")
    with pytest.raises(Exception, match="Cannot"):
        raw("DELETE FROM challenges_ledgerline")
    assert made.ledger.sums() == dict.fromkeys(("pledged", "reserved", "awarded", "paid"), 100)


def test_who_said_no_does_not_sit():
    made = contest.challenge("shaping")
    seat = contest.juror(made)
    refused("juror_says_yes_or_no", "UPDATE challenges_juror SET said_no_at = now()")
    raw("UPDATE challenges_juror SET said_no_at = now(), said_yes_at = NULL WHERE id = %s", seat.pk)
