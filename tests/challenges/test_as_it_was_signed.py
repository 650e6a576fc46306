"""After the signing a contract, its milestones and what is measured stand as they were signed, in the database too."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import contract as contracts
from challenges.models import Contract, Indicator, Milestone
from factory import clock
from tests import contest

pytestmark = pytest.mark.django_db
NEW_STEP = """INSERT INTO challenges_milestone (contract_id, title, due_date, cents, told)
    SELECT id, 'Extra', current_date, 0, '' FROM challenges_contract"""
NEW_INDICATOR = """INSERT INTO challenges_indicator (contract_id, title, unit, baseline, target, source)
    SELECT id, 'People', 'people', 0, 5, '' FROM challenges_contract"""
AGREED = [
    ("contract", "UPDATE challenges_contract SET terms = 'Other terms'"),
    ("contract", "UPDATE challenges_contract SET ends_date = ends_date + 30"),
    ("contract", "UPDATE challenges_contract SET signed_date = signed_date - 1"),
    ("milestone", "UPDATE challenges_milestone SET title = 'Other'"),
    ("milestone", "UPDATE challenges_milestone SET due_date = due_date + 30"),
    ("milestone", "UPDATE challenges_milestone SET cents = cents - 1"),
    ("milestone", "DELETE FROM challenges_milestone"),
    ("milestone", NEW_STEP),
    ("indicator", "UPDATE challenges_indicator SET baseline = baseline + 1"),
    ("indicator", "UPDATE challenges_indicator SET target = 1"),
    ("indicator", "DELETE FROM challenges_indicator"),
]


def raw(sql):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def running():
    return contest.contest("running")


def reached(made):
    """The first step is delivered and accepted."""
    step = made.contract.milestones.first()
    contracts.deliver(made.contract, by=made.entrants[0].owner, row=step, told="It drives.")
    contracts.accept_milestone(made.contract, by=made.owner, row=step)
    return step


@pytest.mark.parametrize(("what", "sql"), AGREED)
def test_what_was_signed_stands(running, what, sql):
    with pytest.raises(IntegrityError, match=f"{what}_stands_as_it_was_signed"):
        raw(sql)


@pytest.mark.parametrize("sql", [sql for _what, sql in AGREED if "signed_date" not in sql])
def test_while_it_is_drawn_up_everything_can_change(sql):
    made = contest.contest("awarded")
    contest.contract(made.challenge.awards.get(), by=made.owner)
    raw(sql)


def test_while_it_runs_more_can_be_measured_and_what_came_out_noted(running):
    raw(NEW_INDICATOR)
    raw("UPDATE challenges_indicator SET actual = 5, measured_date = current_date, source = 'We'")
    assert Indicator.objects.filter(actual=5).count() == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE challenges_milestone SET accepted_at = NULL, accepted_by_id = NULL WHERE id = {}",
        "UPDATE challenges_milestone SET told = 'Something else' WHERE id = {}",
        "UPDATE challenges_milestone SET delivered_at = now() WHERE id = {}",
    ],
)
def test_a_step_goes_on_only(running, sql):
    step = reached(running)
    with pytest.raises(IntegrityError, match="milestone_goes_on_only"):
        raw(sql.format(step.pk))
    contracts.note_payment(running.contract, by=running.owner, row=step, paid_date=clock.today())
    with pytest.raises(IntegrityError, match="milestone_goes_on_only"):
        raw(f"UPDATE challenges_milestone SET paid_date = paid_date - 1 WHERE id = {step.pk}")


def test_nothing_is_reached_before_the_signing():
    made = contest.contest("awarded")
    contest.contract(made.challenge.awards.get(), by=made.owner)
    with pytest.raises(IntegrityError, match="milestone_goes_on_only"):
        raw("UPDATE challenges_milestone SET delivered_at = now()")


def test_after_its_end_nothing_changes(running):
    contracts.end_early(running.contract, by=running.owner, reason="They stopped.")
    for what, sql in (
        ("milestone", "UPDATE challenges_milestone SET delivered_at = now()"),
        ("indicator", "UPDATE challenges_indicator SET actual = 5, measured_date = current_date"),
        ("indicator", NEW_INDICATOR),
    ):
        with pytest.raises(IntegrityError, match=f"{what}_stands_as_it_was_signed"):
            raw(sql)
    assert Contract.objects.get().state == "ended"
    assert not Milestone.objects.exclude(delivered_at=None).exists()
