"""What a coordinator did around a challenge is taken back: everything is as it was, and nobody hears of it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from challenges.lifecycle import (
    bringing,
    ending,
    intake,
    inviting,
    opening,
)
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import entry as entries
from challenges.lifecycle import objection as objections
from challenges.models import (
    Contract,
    Follower,
    Objection,
)
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.undone import BACK, DAY, WHY, decision_checked
from tests.undone import assert_it_is_as_it_was, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.mark.parametrize("what", BACK)
def test_it_is_as_it_was_and_nobody_hears_of_it(what):
    assert_it_is_as_it_was(*BACK[what]())


@pytest.mark.parametrize("what", BACK)
def test_not_once_its_mail_has_left(what):
    thing, move, by, details = BACK[what]()
    event = move(thing, by=by, **details)
    Notice.objects.filter(event__gte=event.pk, channel="mail").update(status="sent")
    with pytest.raises(Missing):
        take_back(thing, by)


def test_the_ledger_says_what_it_said():
    for what in ("approved", "ended"):
        thing, move, by, details = BACK[what]()
        before = thing.ledger.sums()
        move(thing, by=by, **details)
        assert thing.ledger.sums() != before
        take_back(thing, by)
        assert thing.ledger.sums() == before


def test_what_was_begun_ends_where_its_graph_allows():
    made = contest.contest("awarded")
    award = made.challenge.awards.get()
    contract = Contract(award=award, challenge=made.challenge)
    contracts.draw_up(contract, by=made.cleo)
    take_back(contract, made.cleo)
    assert (contract.state, bool(contract.reason)) == ("ended", True)
    contracts.draw_up(Contract(award=award, challenge=made.challenge), by=made.cleo)


def test_an_objection_that_was_noted_by_mistake_stands_in_nobodys_way():
    made = contest.contest("notified")
    objection = Objection(challenge=made.challenge, entry=made.entries[0])
    objections.lodge(objection, by=made.cleo, kind="objection", text="By letter.")
    take_back(objection, made.cleo)
    assert objection.state == "withdrawn"
    assert not Objection.objects.in_the_way().exists()


def test_not_once_somebody_went_on():
    made = contest.contest("submitted")
    bringing.shape(made.challenge, by=made.cleo)
    intake.fill_in(made.challenge, by=made.owner, step="problem", problem="They walk.")
    with pytest.raises(Missing, match="gone on"):
        take_back(made.challenge, made.cleo)


def test_not_once_the_juror_said_yes():
    made = contest.contest("shaping")
    eva = make.person("Eva Juror")
    inviting.invite_juror(made.challenge, by=made.cleo, name="", email=eva.email)
    inviting.take_seat(made.challenge, by=eva)
    with pytest.raises(Missing, match="gone on"):
        take_back(made.challenge, made.cleo)


def test_not_once_they_objected_or_began_to_repair():
    made = contest.contest("checking", entrants=[make.organisation(), make.organisation()])
    out, torn = made.entries
    entries.exclude(out, by=made.cleo, **WHY)
    objections.lodge(
        Objection(challenge=made.challenge, entry=out), by=out.contact, kind="objection", text="No."
    )
    with pytest.raises(Missing, match="objected"):
        take_back(out, made.cleo)
    entries.ask_to_repair(torn, by=made.cleo, **WHY)
    type(torn).objects.filter(pk=torn.pk).update(typed={"title": "New"})
    torn.refresh_from_db()
    with pytest.raises(Missing):
        take_back(torn, made.cleo)


def test_the_last_of_several_invitations_goes_first():
    made = contest.contest("shaping")
    for name in ("a", "b"):
        inviting.invite_juror(made.challenge, by=made.cleo, name=name, email=f"{name}@v.example")
    for left in (["a"], []):
        take_back(made.challenge, made.cleo)
        assert [seat.person.name for seat in made.challenge.jury.all()] == left


def test_what_the_owner_did_is_not_a_coordinators_to_take_back():
    made = contest.contest("approved")
    opening.schedule(made.challenge, by=made.owner, publish_at=clock.now() + DAY)
    assert Notice.objects.inbox(made.colleague).filter(event__verb="challenge.schedule").exists()
    with pytest.raises(Missing):
        take_back(made.challenge, made.cleo)


def test_what_cannot_be_taken_back_is_told_at_once():
    made, fay = contest.contest("checking"), make.person("Fay Follower")
    Follower.objects.create(challenge=made.challenge, person=fay)
    ending.cancel(made.challenge, by=made.cleo, **WHY)
    assert Notice.objects.inbox(fay).exists()


def test_what_can_be_taken_back_waits():
    thing, move, by, details = BACK["ended"]()
    move(thing, by=by, **details)
    told = Notice.objects.filter(event__verb="challenge.end_without_entries", channel="inbox")
    late = clock.now() + timedelta(seconds=settings.TAKE_BACK_SECONDS - 5)
    assert len(told) > 1
    assert all(one.shown_at > late for one in told)


@pytest.mark.parametrize(
    ("state", "to"),
    [("declined", "submitted"), ("unsuccessful", "closed"), ("scoring", "checking")],
)
def test_postgresql_lets_nothing_back_that_cannot_be_taken_back(state, to):
    made = contest.contest(state)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM factory_undoable")
        with pytest.raises(IntegrityError, match="cannot move there"), transaction.atomic():
            cursor.execute(
                "UPDATE challenges_challenge SET state = %s WHERE id = %s", [to, made.challenge.pk]
            )


def test_postgresql_lets_back_what_can_be():
    thing, move, by, details = BACK["turned down"]()
    move(thing, by=by, **details)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            "UPDATE challenges_challenge SET state = 'submitted' WHERE id = %s", [thing.pk]
        )
        transaction.set_rollback(True)


def test_an_excluded_entry_is_held_by_postgresql_once_the_time_is_over():
    thing, move, by, details = BACK["excluded"]()
    move(thing, by=by, **details)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM factory_undoable")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(
                "UPDATE challenges_entry SET state = 'submitted' WHERE id = %s", [thing.pk]
            )


def test_a_checked_decision_is_held_by_postgresql_once_the_time_is_over():
    thing, move, by, details = decision_checked()
    move(thing, by=by, **details)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM factory_undoable")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("UPDATE challenges_decision SET checked_at = NULL")
