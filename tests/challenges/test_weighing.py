"""Coordinators say what counts when partners are proposed for a call, see first what would change, and can go back."""

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.answerers import whom_to_invite
from challenges.foryou import fitting
from challenges.lifecycle.weighing import choose
from challenges.models import CallWeighing
from challenges.previewing import preview
from challenges.weights import WEIGHTS, in_force
from factory.journal.models import Event
from partners.whose import organisation_of
from tests import contest, make
from tests.challenges.test_calling import call, driver
from tests.market.test_invariants import copied, refused, sql
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db
ADD = "admin:challenges_callweighing_add"
NOTHING = dict.fromkeys(CallWeighing.PARTS, 0)
NEAR_ALONE, TEXT_ALONE = NOTHING | {"near": 10}, NOTHING | {"text": 10}
__all__ = ["call"]


@pytest.fixture
def two(call):
    """One next door that says little, and one far away that speaks of the same."""
    return driver("Dichtbij", mission="Bread."), driver("Ver Weg", place="Groningen")


def test_what_we_started_with_counts_until_somebody_chooses(cleo):
    assert in_force() == WEIGHTS == {"text": 40, "themes": 25, "near": 20, "goals": 15}
    made = choose(TEXT_ALONE, cleo, because="A trial.")
    assert in_force() == made.weights
    event = Event.objects.about(made).get()
    assert (event.name, event.actor, event.details) == ("choose", cleo, TEXT_ALONE)


@pytest.mark.parametrize(("weights", "first"), [(NEAR_ALONE, 0), (TEXT_ALONE, 1)])
def test_the_weights_decide_who_comes_first(call, two, cleo, weights, first):
    choose(weights, cleo, because="A trial.")
    assert whom_to_invite(call)[0].organisation == two[first]


@pytest.mark.parametrize(("weights", "first"), [(NEAR_ALONE, 1), (TEXT_ALONE, 0)])
def test_and_which_call_comes_first_for_an_organisation(call, two, cleo, weights, first):
    facts = {"title": "Chairs", "problem": "x", "sentence": "y"}
    there = make.organisation(kind="municipality", place="Groningen")
    near = contest.challenge("open", by=there, **facts)
    near.themes.set(call.themes.all())
    asks = driver("Rijders", place="Groningen")
    choose(weights, cleo, because="A trial.")
    found = [fit.call for fit in fitting(organisation_of(asks.owner), [])]
    assert found[0] == [call, near][first]


@pytest.mark.parametrize(("weights", "first"), [(NEAR_ALONE, 0), (TEXT_ALONE, 1)])
def test_a_preview_makes_the_lists_anew_and_changes_nothing(call, two, weights, first):
    (same,) = preview(WEIGHTS)
    assert same.now == same.then
    (one,) = preview(weights)
    assert one.then[0] == two[first].name
    assert one.now == [made.organisation.name for made in whom_to_invite(call)]
    assert not CallWeighing.objects.exists()


def test_a_preview_asks_the_same_of_two_and_of_twenty(call, two):
    costs = set()
    for size in (0, 18):
        for _n in range(size):
            driver()
        with CaptureQueriesContext(connection) as found:
            preview(NEAR_ALONE)
        costs.add(len(found))
    assert len(costs) == 1


def test_a_coordinator_looks_first_and_then_chooses(cleo, call, two):
    client = at_the_desk(cleo)
    words = NEAR_ALONE | {"because": "Drivers are scarce."}
    looked = client.post(reverse(ADD), words | {"_preview": "1"}).text
    assert "Er is nog niets bewaard" in looked
    assert "errornote" not in looked
    assert not CallWeighing.objects.exists()
    client.post(reverse(ADD), words | {"_save": "1"})
    chosen = CallWeighing.objects.get()
    assert (chosen.made_by, chosen.near, chosen.because) == (cleo, 10, "Drivers are scarce.")
    assert "Er moet iets meetellen" in client.post(reverse(ADD), NOTHING | {"because": "?"}).text
    listed = client.get(reverse("admin:challenges_callweighing_changelist")).text
    assert "Drivers are scarce." in listed


@pytest.mark.parametrize("statement", ["UPDATE {} SET near = 3", "DELETE FROM {}"])
def test_what_was_chosen_stays_as_it_was(cleo, statement):
    choose(NEAR_ALONE, cleo, because="A trial.")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("challenges_callweighing"))


def unwritten(cleo):
    with transaction.atomic(), connection.cursor() as cursor:
        CallWeighing.objects.create(because="?", made_by=cleo)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_without_a_journal_entry_postgresql_takes_none(cleo):
    with pytest.raises(IntegrityError, match="without a journal entry"):
        unwritten(cleo)


def test_weights_are_in_range_and_weigh_something(cleo):
    with pgtrigger.ignore("challenges.CallWeighing:written_down"):
        made = CallWeighing.objects.create(because="A try.", made_by=cleo)
        refused("call_weighing_in_range", *copied(made, near=101))
        assert sql(*copied(made, near=100)) == 1
        refused("call_weighing_weighs_something", *copied(made, **NOTHING))
        assert sql(*copied(made, **NOTHING | {"goals": 1})) == 1
