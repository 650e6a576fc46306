"""What PostgreSQL refuses about a lost second factor; and beside it the same step done right."""

import pytest

from factory.coordination.lifecycle import lost_factor
from factory.coordination.models import LostFactor
from factory.journal.models import Event
from tests import make
from tests.partners.test_invariants import refuses, run

ASK = """INSERT INTO coordination_lostfactor (state, asked_at, person_id) VALUES ('asked', now(), %s)"""
GRANT = """UPDATE coordination_lostfactor SET state = 'waiting', decided_by_id = %s,
    ready_at = asked_at + %s::interval WHERE id = %s"""
DONE = "UPDATE coordination_lostfactor SET state = 'done', done_at = ready_at + %s::interval WHERE id = %s"


@pytest.fixture
def lost(ada):
    """Ada's, asked; her number is known."""
    ada.phone = "06 00 00 00 77"
    ada.save()
    return asked(ada)


def asked(person):
    made = LostFactor(person=person)
    lost_factor.ask(made, on_behalf_of=person)
    return made


def journal(lost, state):
    """The entry that a move would have written."""
    Event.objects.record(lost, "lostfactor.test", actor=lost.person, to=state)


def test_one_at_a_time(lost, ada):
    refuses("lost_factor_once", ASK, ada.pk)
    lost_factor.stop(lost, by=ada)
    asked(ada)


def test_the_states_are_known(lost):
    refuses(
        "cannot move there|state_is_known",
        "UPDATE coordination_lostfactor SET state = 'x' WHERE id = %s",
        lost.pk,
    )


def test_nobody_decides_about_themselves(cleo, max_):
    lost = asked(max_)
    journal(lost, "waiting")
    refuses("lost_factor_decided_by_somebody_else", GRANT, max_.pk, "2 days", lost.pk)
    run(GRANT, make.person(is_staff=True, is_superuser=True).pk, "2 days", lost.pk)


def test_about_a_coordinator_an_administrator_decides(cleo, max_):
    lost = asked(cleo)
    journal(lost, "waiting")
    refuses("decided by somebody who may not", GRANT, make.coordinator().pk, "2 days", lost.pk)
    run(GRANT, max_.pk, "2 days", lost.pk)


def test_about_a_member_a_coordinator_decides_and_no_other_member(lost, cleo, dan):
    journal(lost, "waiting")
    refuses("decided by somebody who may not", GRANT, dan.pk, "2 days", lost.pk)
    run(GRANT, cleo.pk, "2 days", lost.pk)


def test_it_waits_after_a_decision(lost, cleo):
    journal(lost, "waiting")
    refuses("lost_factor_waits_after_a_decision", GRANT, cleo.pk, "0 days", lost.pk)
    run(GRANT, cleo.pk, "1 minute", lost.pk)


def test_it_is_not_done_before_its_time(lost, cleo):
    lost_factor.grant(lost, by=cleo, called="own", sure=True)
    journal(lost, "done")
    refuses("lost_factor_done_after_waiting", DONE, "-1 second", lost.pk)
    run(DONE, "1 second", lost.pk)


def test_it_is_never_deleted(lost):
    with pytest.raises(Exception, match="Cannot delete"):
        run("DELETE FROM coordination_lostfactor WHERE id = %s", lost.pk)
