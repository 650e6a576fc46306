"""An offer leaves, or is refused, at the very moment at which a coordinator approves it: who was asked stays asked."""

from threading import Thread

import pytest
from django.db import connection, transaction

from factory.journal.models import Event
from factory.local.process import wait_until
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import refusing, taking_off
from market.models import Listing, Match
from partners.models import Organisation, Person
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it looks once
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def withdraw(offer, buyer, ada, noor):
    listings.withdraw(Listing.objects.get(pk=offer.pk), by=Person.objects.get(pk=ada.pk))


def suspend(offer, buyer, ada, noor):
    who = Organisation.objects.get(pk=offer.organisation_id)
    make.organisations.suspend(who, by=make.coordinator(), note="Not reachable.")


def refuse(offer, buyer, ada, noor):
    refusing.refuse(Listing.objects.get(pk=offer.pk), buyer, by=noor, reason="price")


def while_it_is_approved(match, cleo, deed):
    """The deed begins after the approval, and before it is there for others to see; returns what it raised."""
    raised = []

    def run():
        try:
            deed()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        matches.approve(match, by=cleo)
        thread.start()
        assert wait_until(somebody_waits, seconds=2, pause=0.05)
    thread.join()
    return raised


@pytest.fixture
def offer(broodnodig):
    return make.offer(by=broodnodig, title="Lunch with soup")


@pytest.fixture
def listed(lunch, offer):
    return make.match(need=lunch, offer=offer)


@pytest.mark.parametrize("leaves", [withdraw, suspend, refuse])
def test_who_was_asked_stays_asked(listed, offer, lekstede, ada, noor, cleo, leaves):
    raised = while_it_is_approved(listed, cleo, lambda: leaves(offer, lekstede, ada, noor))
    assert raised == []
    listed.refresh_from_db()
    assert (listed.state, listed.reason) == ("approved", "")
    assert Event.objects.about(listed).last().verb == "match.approve"


def test_a_move_that_reaches_further_takes_away_what_was_approved(
    listed, offer, lekstede, ada, noor, cleo, monkeypatch
):
    """The negative control: this is the fault that a move from the shortlist alone prevents."""
    monkeypatch.setattr(taking_off, "take_off", matches.stand_down)
    while_it_is_approved(listed, cleo, lambda: withdraw(offer, lekstede, ada, noor))
    assert Match.objects.get(pk=listed.pk).state == "lapsed"
