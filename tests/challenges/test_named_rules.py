"""Every named rule of the challenges' tables: raw SQL is refused by it, and the nearest right thing is not.

All triggers are off meanwhile, so that each rule is seen to hold by itself; what triggers hold stands in the tests of
the invariants. The rules of one row are here, those of two in ``test_named_rules_once.py``.
"""

from datetime import date, timedelta

import pytest

from challenges.models import (
    Adoption,
    Assessment,
    Award,
    Contract,
    Criterion,
    Decision,
    Entry,
    Finding,
    Indicator,
    Instrument,
    LedgerLine,
    Letter,
    Milestone,
    Version,
)
from factory import clock
from tests import make
from tests.challenges.rows import answers, made_rows

DAY = date(2026, 3, 1)
BEFORE, HOUR = DAY - timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def rows(db):
    with made_rows() as made:
        yield made


def holds(row, **rules):
    """``name=(what it refuses, what it takes)``: each is tried on this row and undone."""
    found = answers({name: (row, wrong, right) for name, (wrong, right) in rules.items()})
    assert found == {name: (name, "taken") for name in rules}


def test_a_challenge(rows):
    two, now = (rows.cleo.pk, rows.other.pk), clock.now()
    by = {"approver": "Mila", "state": "open"}
    holds(
        rows.challenge,
        challenge_envelope_in_range=(
            {"envelope_cents": 0, "committed_cents": 0},
            {"envelope_cents": 1, "committed_cents": 0},
        ),
        challenge_approved_by_somebody_with_a_mandate=(by | {"approver": ""}, by),
        challenge_has_a_route_to_adoption=(by | {"mandate": ""}, by | {"mandate": "Row 12"}),
        challenge_deputy_is_another=(
            {"deputy_id": rows.challenge.owner_id},
            {"deputy_id": rows.colleague.pk},
        ),
        challenge_asked_for_more_three_times=({"asked_more": 4}, {"asked_more": 3}),
        challenge_opened_by_two=(
            {"asked_to_open_by_id": two[0], "opened_by_id": two[0]},
            {"asked_to_open_by_id": two[0], "opened_by_id": two[1]},
        ),
        challenge_ends_with_a_reason=(
            {"state": "cancelled", "reason": ""},
            {"state": "cancelled", "reason": "Nobody came."},
        ),
        challenge_calendar_in_order=(
            {"check_by": now, "scores_by": now - HOUR},
            {"check_by": now, "scores_by": now, "decision_by": now, "pitch_at": now},
        ),
    )


def test_bringing(rows):
    holds(rows.round, round_at_most_three=({"number": 4}, {"number": 3}))
    holds(rows.round, round_asks_something=({"question": ""}, {"question": "Who pays?"}))
    by = {"right_by_id": rows.owner.pk}
    holds(
        rows.step,
        step_name_is_known=({"name": "weather"}, {"name": "money"}),
        step_is_right_by_somebody=(by | {"right_at": None}, by | {"right_at": clock.now()}),
    )
    holds(
        rows.helper,
        helper_is_somebody=({"person_id": None}, {"person_id": None, "name": "Jan"}),
        helper_what_is_known=({"what": "sang"}, {"what": "talked"}),
        helper_days_in_order=(
            {"first_date": DAY, "last_date": BEFORE},
            {"first_date": DAY, "last_date": DAY},
        ),
    )
    holds(
        rows.guest,
        guest_role_is_known=({"role": "king"}, {"role": "buyer"}),
        guest_link_ends=(
            {"expires_at": rows.guest.invited_at},
            {"expires_at": rows.guest.invited_at + HOUR},
        ),
    )


def test_setting_up(rows):
    holds(
        rows.closure,
        closure_days_in_order=({"last_date": BEFORE}, {"last_date": DAY}),
        closure_region_is_known=({"region": "oost"}, {"region": "zuid"}),
        closure_kind_is_known=({"kind": "carnival"}, {"kind": "may"}),
    )
    holds(
        rows.limit,
        local_limit_in_range=({"cents": 0}, {"cents": 1}),
        local_limit_days_in_order=({"valid_to": BEFORE}, {"valid_to": DAY}),
    )
    holds(
        Instrument.objects.first(),
        instrument_period_is_known=({"period": "never"}, {"period": "none"}),
        instrument_disclosure_is_known=({"disclosure": "secret"}, {"disclosure": "private"}),
        instrument_days_in_order=(
            {"valid_from": DAY, "valid_to": BEFORE},
            {"valid_from": DAY, "valid_to": DAY},
        ),
    )
    holds(
        Criterion.objects.first(),
        criterion_weight_in_range=({"weight": 101}, {"weight": 100}),
        criterion_minimum_in_range=({"minimum": 11}, {"minimum": 10}),
        criterion_scored_at_is_known=({"scored_at": "dance"}, {"scored_at": "pitch"}),
    )
    holds(rows.form_question, question_asks_something=({"text": ""}, {"text": "Why?"}))
    holds(rows.pledge, co_owner_pledge_in_range=({"cents": 0}, {"cents": 1}))
    letter = {"expires_at": clock.now() + 48 * HOUR}
    holds(
        rows.approval,
        approval_by_mail_has_a_code_that_ends=(
            letter | {"digest": ""},
            letter | {"digest": "new"},
        ),
    )
    holds(
        Version.objects.first(),
        version_occasion_is_known=({"occasion": "whim"}, {"occasion": "rectify"}),
    )


def test_once_it_is_public(rows):
    holds(
        rows.question,
        question_set_aside_with_a_reason=(
            {"state": "set_aside", "reason": ""},
            {"state": "set_aside", "reason": "Asked before."},
        ),
    )
    holds(rows.rectification, rectification_has_a_reason=({"reason": ""}, {"reason": "A slip."}))
    holds(
        rows.not_for_them,
        not_for_them_has_a_reason=({"reason": "boring"}, {"reason": "effort"}),
    )


def test_entries(rows):
    sent = {"state": "submitted", "submitted_at": clock.now()}
    out = {"state": "excluded"}
    holds(
        Entry.objects.first(),
        entry_amount_in_range=({"amount_cents": 0}, {"amount_cents": 1}),
        entry_sent_has_a_receipt=(sent | {"receipt": ""}, sent | {"receipt": "R-1"}),
        entry_repaired_once=({"repairs": 2}, {"repairs": 1}),
        entry_excluded_with_a_reason=(out | {"reason": ""}, out | {"reason": "Too late."}),
    )
    holds(
        rows.attachment,
        attachment_sent_was_sent=(
            {"sent": True, "was_sent": False},
            {"sent": True, "was_sent": True},
        ),
    )


def test_judging_and_deciding(rows):
    locked = {"state": "locked"}
    holds(
        Assessment.objects.first(),
        assessment_round_is_known=({"round": "dance"}, {"round": "pitch"}),
        assessment_locked_has_a_moment=(
            locked | {"locked_at": None},
            locked | {"locked_at": clock.now()},
        ),
    )
    holds(
        Finding.objects.first(),
        finding_amount_in_range=({"place": None, "cents": 0}, {"place": None, "cents": 1}),
    )
    holds(Award.objects.first(), award_amount_in_range=({"cents": 0}, {"cents": 1}))
    holds(
        Decision.objects.first(),
        decision_kind_is_known=({"kind": "dice"}, {"kind": "jury"}),
        decision_amount_in_range=({"cents": -1}, {"cents": 0}),
    )
    holds(
        LedgerLine.objects.first(),
        ledger_kind_is_known=({"kind": "lost"}, {"kind": "paid"}),
        ledger_amount_in_range=({"cents": 0}, {"cents": -1}),
    )


def test_letters_and_objections(rows):
    told, now = {"outcome": "awarded"}, clock.now()
    holds(
        Letter.objects.first(),
        letter_outcome_is_known=(
            {"outcome": "maybe", "cents": None},
            {"outcome": "reserve", "cents": None},
        ),
        letter_amount_of_an_award=(told | {"cents": None}, told | {"cents": 1}),
        letter_sent_when_written=(
            {"written_at": now, "sent_at": now - HOUR},
            {"written_at": now, "sent_at": now},
        ),
    )
    holds(rows.objection, objection_kind_is_known=({"kind": "anger"}, {"kind": "proceedings"}))


def test_after_the_award(rows):
    days, signed = {"starts_date": DAY}, {"state": "signed", "starts_date": DAY, "ends_date": DAY}
    holds(
        Contract.objects.first(),
        contract_signed_has_its_days=(
            signed | {"signed_date": None},
            signed | {"signed_date": DAY},
        ),
        contract_days_in_order=(days | {"ends_date": BEFORE}, days | {"ends_date": DAY}),
        contract_ended_with_a_reason=(
            {"state": "ended", "reason": ""},
            {"state": "ended", "reason": "They stopped."},
        ),
    )
    holds(Milestone.objects.first(), milestone_amount_in_range=({"cents": -1}, {"cents": 0}))
    holds(
        Indicator.objects.first(),
        indicator_measured_on_a_day=(
            {"actual": 5, "measured_date": None},
            {"actual": 5, "measured_date": DAY},
        ),
    )
    holds(
        rows.check_in,
        check_in_side_is_known=({"side": "third"}, {"side": "winner"}),
        check_in_going_is_known=({"going": "fine"}, {"going": "stuck"}),
    )
    solved = {"solved_at": clock.now()}
    holds(
        rows.issue,
        issue_side_is_known=({"side": "third"}, {"side": "winner"}),
        issue_solved_says_how=(solved | {"solution": ""}, solved | {"solution": "A bus."}),
    )


def test_adoption(rows):
    decided = {"state": "decided", "decided_by_id": rows.owner.pk, "decided_at": clock.now()}
    decided |= {"choice": "adopt", "reason": "It works."}
    holds(
        Adoption.objects.first(),
        adoption_decided_with_a_reason=(decided | {"reason": ""}, decided),
        adoption_choice_is_known=(decided | {"choice": "burn"}, decided | {"choice": "extend"}),
    )
    holds(
        rows.follow_up,
        follow_up_at_6_12_or_24_months=({"months": 7}, {"months": 12}),
        follow_up_spent_in_range=({"spent_cents": -1}, {"spent_cents": 0}),
    )


def test_a_rule_that_refuses_nothing_is_seen(rows):
    """The negative control: nobody made up such a rule."""
    follow_up, twelve = rows.follow_up, {"months": 12}
    assert answers({"never_heard_of": (follow_up, twelve, twelve)}) == {
        "never_heard_of": ("taken", "taken")
    }
    assert make.person().pk  # what was tried was undone: the transaction still works
