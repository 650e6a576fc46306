"""Every named rule of two rows of the challenges' tables: a second one like it is refused, the nearest other is not.

And four triggers: what they refuse, and that the same is taken with that trigger off.
"""

from datetime import date
from uuid import uuid4

import pgtrigger
import pytest
from django.db import IntegrityError

from challenges.models import (
    Award,
    Contract,
    Criterion,
    Entry,
    Finding,
    Interest,
    Juror,
    LedgerLine,
    Letter,
    Submission,
)
from tests import contest, make
from tests.challenges.rows import made_rows, said_to
from tests.challenges.test_course import raw
from tests.market.test_invariants import change, copied

DAY = date(2026, 3, 1)


@pytest.fixture
def rows(db):
    with made_rows() as made:
        yield made


def once(row, name, other, **same):
    """A copy of the row is refused by this rule; with ``other`` it is taken. ``same``: what differs in both."""
    assert said_to(copied(row, **same)) == name
    assert said_to(copied(row, **same | other)) == "taken"


def test_bringing_and_setting_up(rows):
    other = {"organisation_id": rows.them.pk}
    somebody = {"person_id": rows.cleo.pk}
    once(rows.round, "round_number_once", {"number": 2})
    once(rows.step, "step_once", {"name": "tried"})
    once(rows.helper, "helper_once_a_person", somebody)
    once(rows.closure, "closure_once", {"region": "noord"})
    once(rows.limit, "local_limit_once_a_day", {"valid_from": date(2026, 4, 1)})
    once(rows.pledge, "co_owner_pledges_once", other, leads=False)
    once(rows.pledge, "co_owner_one_leads", {"leads": False}, **other)
    loud = {"key": str(uuid4()), "email": "MILA@mail.example"}
    once(rows.approval, "approval_asked_once_of_an_address", {"email": "jo@mail.example"}, **loud)


def test_once_it_is_public(rows):
    once(rows.follower, "follower_once", {"person_id": rows.cleo.pk})
    once(rows.follower_of_all, "follower_of_all_once", {"person_id": rows.cleo.pk})
    once(rows.rectification, "rectification_once", {"version": 3})
    third = {"organisation_id": make.organisation().pk}
    once(rows.not_for_them, "not_for_them_once", third)


def test_entries_and_their_receipts(rows):
    third = {"organisation_id": make.organisation().pk}
    once(Entry.objects.first(), "entry_number_once", {"number": 99}, **third)
    once(Submission.objects.first(), "submission_number_once", {"number": 99})


def test_the_jury(rows):
    seat, somebody = Juror.objects.first(), {"person_id": rows.cleo.pk}
    once(seat, "juror_sits_once", somebody, chairs=False)
    Juror.objects.filter(pk=seat.pk).update(chairs=True)
    once(seat, "juror_one_sits_as_chair", {"chairs": False}, **somebody)
    once(seat, "juror_one_sits_as_chair", {"said_yes_at": None}, **somebody)
    Juror.objects.filter(pk=seat.pk).update(said_yes_at=None)
    seat.refresh_from_db()
    once(seat, "juror_one_asked_to_chair", {"chairs": False}, **somebody)
    Juror.objects.filter(pk=seat.pk).update(said_yes_at=seat.asked_at)
    second = contest.juror(rows.challenge, "Second Juror")
    once(Interest.objects.first(), "interest_declared_once", {"juror_id": second.pk})
    _first, criterion, *_more = Criterion.objects.order_by("pk")
    once(rows.consensus, "consensus_one_a_criterion", {"criterion_id": criterion.pk})


def test_what_is_decided(rows):
    award = Award.objects.first()
    other = Entry.objects.exclude(pk=award.entry_id).get()
    once(award, "award_one_an_entry", {"entry_id": other.pk})
    first, second = Finding.objects.order_by("pk")
    place = {"cents": None, "place": 1}
    assert said_to(change(second, **place)) == "taken"
    Finding.objects.filter(pk=first.pk).update(**place)
    assert said_to(change(second, **place)) == "finding_one_a_place"
    assert said_to(change(second, **place | {"place": 2})) == "taken"


def test_after_the_award(rows):
    contract = Contract.objects.first()
    days = {"signed_date": DAY, "starts_date": DAY, "ends_date": DAY}
    assert Contract.objects.update(state="signed", **days) == 1
    ended = {"state": "ended", "reason": "They stopped."}
    once(contract, "contract_one_an_award", ended)
    once(rows.check_in, "check_in_once_a_month", {"month": date(2026, 4, 1)})
    once(rows.follow_up, "follow_up_once", {"months": 12})


OF_THE_CHALLENGE = [
    (Award, "award_of_an_entry_of_the_challenge"),
    (Finding, "finding_of_an_entry_of_the_challenge"),
    (Letter, "letter_to_an_entrant_of_the_challenge"),
]


def test_a_row_about_an_entry_is_of_its_challenge(rows):
    elsewhere = contest.challenge("draft", by=make.organisation(kind="municipality"))
    for model, name in OF_THE_CHALLENGE:
        row, now = model.objects.first(), f"SET CONSTRAINTS {name} IMMEDIATE"
        wrong, *values = change(row, challenge_id=elsewhere.pk)
        right, *same = change(row, challenge_id=row.challenge_id)
        assert refuser(f"{wrong}; {now}", *values) == name
        assert refuser(f"{right}; {now}", *same) is None


def test_a_challenge_has_one_number(rows):
    """``challenge_belongs_to_organisation`` stands behind this: a number is there once, whoever's it is."""
    other = contest.challenge("draft", by=make.organisation(kind="municipality"))
    assert said_to(change(other, id=rows.challenge.pk)) == "challenges_challenge_pkey"
    assert said_to(change(other, id=other.pk + 1000)) == "taken"


# Triggers


def refuser(statement, *values):
    """The rule or the trigger's words that refuse this; None if it is taken."""
    try:
        raw(statement, *values)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name or error.__cause__.diag.message_primary
    return None


def guarded(trigger, words, statement):
    """Refused in these words, and taken with this trigger off."""
    assert refuser(*statement) == words
    with pgtrigger.ignore(f"challenges.{trigger}"):
        assert refuser(*statement) is None


def test_what_is_public_is_frozen(db):
    made = contest.challenge("open")
    change_of_place = change(made, envelope_cents=made.envelope_cents + 1)
    guarded("Challenge:frozen_once_public", "challenge_is_frozen_once_public", change_of_place)


def test_the_weights_make_a_hundred_from_the_approval_on(db):
    contest.challenge("approved")
    raw("SELECT 1")  # what was deferred has been looked at
    wrong = change(Criterion.objects.first(), weight=1)
    with pgtrigger.ignore("challenges.Criterion:frozen_from_the_approval_on"):
        guarded("Criterion:sum_to_100_once_approved", "challenge_criteria_sum_to_100", wrong)


def test_a_declared_conflict_is_not_taken_back(db):
    made = contest.contest("scoring")
    seat = contest.juror(made.challenge)
    contest.declare(made.challenge, seat, conflicts=made.entries)
    back = change(Interest.objects.get(juror=seat, conflicted=True), conflicted=False)
    guarded("Interest:stands_once_declared", "interest_is_not_taken_back", back)


def test_nothing_is_reserved_beyond_what_was_pledged(db):
    made = contest.challenge("draft")
    line = LedgerLine.objects.create(challenge=made, kind="pledged", cents=100)
    much = copied(line, kind="reserved", cents=101)
    assert refuser(*copied(line, kind="reserved", cents=100)) is None
    guarded("LedgerLine:ledger_in_order", "ledger_never_more_than_there_is", much)
