"""What walking a challenge brought to light: contracts of awards that do not stand, payments, texts not kept."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import approving, award, ending
from challenges.lifecycle import contract as contracts
from challenges.models import Approval, Contract, LedgerLine
from factory import clock
from factory.moves import Missing
from tests import contest

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def awarded(cleo):
    """Half of the envelope is awarded; a contract is being drawn up."""
    made = contest.contest("awarded")
    made.award = made.challenge.awards.get()
    made.contract = contest.contract(made.award, by=made.owner)
    return made


def pay(made, contract, step):
    contracts.deliver(contract, by=made.entrants[0].owner, row=step, told="Done.")
    contracts.accept_milestone(contract, by=made.owner, row=step)
    contracts.note_payment(contract, by=made.owner, row=step, paid_date=clock.today())


def state_of(contract):
    return Contract.objects.get(pk=contract.pk).state


def test_what_is_drawn_up_falls_away_with_the_challenge_and_nothing_new_is_drawn_up(awarded):
    ending.cancel(awarded.challenge, by=awarded.owner, reason="The council decided otherwise.")
    assert state_of(awarded.contract) == "ended"
    again = Contract(award=awarded.award, challenge=awarded.challenge)
    with pytest.raises(Missing):
        contracts.draw_up(again, by=awarded.owner)


def test_what_is_drawn_up_falls_away_with_an_award_that_is_turned_down(awarded):
    winner = awarded.entrants[0].owner
    award.decline(awarded.award, by=winner, reason="We cannot.")
    assert state_of(awarded.contract) == "ended"


def test_an_award_with_a_signed_contract_is_not_turned_down():
    made = contest.contest("running")
    with pytest.raises(Missing):
        award.decline(made.challenge.awards.get(), by=made.entrants[0].owner, reason="We cannot.")


def test_the_database_wants_an_award_that_stands_and_a_challenge_that_runs(awarded):
    with pytest.raises(IntegrityError, match="contract_of_an_award_that_stands"):
        raw(
            "UPDATE challenges_contract SET state = 'signed', signed_date = current_date WHERE id = %s",
            awarded.contract.pk,
        )
    contracts.sign(awarded.contract, by=awarded.owner, signed_date=clock.today())
    raw("UPDATE challenges_contract SET state = state")


def test_what_is_paid_stands_in_the_ledger_and_the_database_says_so():
    made = contest.contest("running")
    first, second = made.contract.milestones.order_by("pk")
    pay(made, made.contract, first)
    assert made.challenge.ledger.sums()["paid"] == first.cents
    assert LedgerLine.objects.get(kind="paid").award == made.challenge.awards.get()
    contracts.deliver(made.contract, by=made.entrants[0].owner, row=second, told="Done.")
    contracts.accept_milestone(made.contract, by=made.owner, row=second)
    with pytest.raises(IntegrityError, match="milestone_paid_is_in_the_ledger"):
        raw("UPDATE challenges_milestone SET paid_date = current_date WHERE id = %s", second.pk)
    raw("UPDATE challenges_milestone SET told = told WHERE id = %s", second.pk)


def test_a_second_contract_pays_what_the_first_left(cleo):
    made = contest.contest("running")
    pay(made, made.contract, made.contract.milestones.first())
    contracts.end_early(made.contract, by=made.owner, reason="Other people do the rest.")
    again = Contract(award=made.challenge.awards.get(), challenge=made.challenge)
    contracts.draw_up(again, by=made.owner)
    step = {"title": "Rest", "due_date": clock.today()}
    with pytest.raises(Missing):
        contracts.add_milestone(again, by=made.owner, **step, cents=2_500_001)
    contracts.add_milestone(again, by=made.owner, **step, cents=2_500_000)


def test_the_text_is_kept_that_was_approved_by_code():
    made = contest.contest("shaping")
    who = {"name": "Mila", "job": "Director", "email": "mila@holder.example"}
    approving.ask_approval(made.challenge, by=made.owner, **who)
    said = {"number": "7", "decided_date": clock.today()}
    approving.approve_by_code(made.challenge, approval=Approval.objects.get(), **said)
    assert made.challenge.versions.last().occasion == "approve"
