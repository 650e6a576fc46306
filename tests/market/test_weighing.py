"""Coordinators say what counts for how much, see first what would change, and can go back."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from market.lifecycle.learning import weigh
from market.lifecycle.suggesting import suggest_for
from market.matching import scoring
from market.matching.previewing import preview
from market.matching.ranking import suppliers_for
from market.matching.weights import in_force
from market.models import Listing, Pair, Weighing
from tests import make
from tests.staff import at_the_desk

ADD = "admin:market_weighing_add"
NEAR_ALONE = {name: 0 for name in Weighing.PARTS} | {"near": 10}
TEXT_ALONE = {name: 0 for name in Weighing.PARTS} | {"text": 10}


@pytest.fixture
def lunches(lunch):
    """One offer next door that speaks of something else, and one far away that speaks of it."""
    near = make.offer(by=make.organisation(place=lunch.region.name), title="Taart op bestelling")
    far = make.offer(
        by=make.organisation(place="Groningen"), title=lunch.title, text=lunch.text, nationwide=True
    )
    return near, far


def test_what_we_started_with_counts_until_somebody_chooses(cleo):
    assert in_force() == scoring.WEIGHTS
    weigh(TEXT_ALONE, cleo, because="A trial.")
    assert in_force()["near"] == 0


def test_the_fields_begin_with_what_we_started_with(cleo):
    assert Weighing(made_by=cleo).weights == scoring.WEIGHTS


@pytest.mark.parametrize(("weights", "first"), [(NEAR_ALONE, 0), (TEXT_ALONE, 1)])
def test_the_weights_decide_who_comes_first(lunch, lunches, cleo, weights, first):
    weigh(weights, cleo, because="A trial.")
    assert suppliers_for(lunch)[0].offer == lunches[first]


@pytest.mark.parametrize(("weights", "first"), [(NEAR_ALONE, 0), (TEXT_ALONE, 1)])
def test_a_preview_makes_the_shortlist_anew_and_changes_nothing(lunch, lunches, weights, first):
    suggest_for(lunch.pk)
    (same,) = preview(scoring.WEIGHTS)
    assert same.now == same.then
    (one,) = preview(weights)
    assert one.title == lunch.title
    assert one.then[0] == lunches[first].organisation.name
    assert set(one.now) == {offer.organisation.name for offer in lunches}
    assert not Weighing.objects.exists()


def test_who_stands_on_no_list_yet_can_come_on_it(lunch):
    """Far and of the same words is nobody's fifth now; by the words alone it is the first."""
    for number in range(8):
        make.offer(by=make.organisation(place=lunch.region.name), title=f"Taart {number}")
    suggest_for(lunch.pk)
    far = make.organisation(place="Groningen")
    make.offer(by=far, title=lunch.title, text=lunch.text, nationwide=True, sector=lunch.sector)
    (one,) = preview(NEAR_ALONE)
    assert far.name not in one.then
    (one,) = preview(TEXT_ALONE)
    assert one.then[0] == far.name


def test_a_preview_asks_the_same_of_one_answer_and_of_thirty(lunch, cleo):
    costs = set()
    for size in (3, 30):
        while Listing.objects.offers().count() < size:
            make.offer(title="Taart")
        suggest_for(lunch.pk)
        with CaptureQueriesContext(connection) as found:
            preview(NEAR_ALONE)
        costs.add(len(found))
    assert len(costs) == 1
    assert max(costs) <= 25


def test_a_coordinator_looks_first_and_then_chooses(cleo, lunch, lunches):
    suggest_for(lunch.pk)
    client = at_the_desk(cleo)
    words = TEXT_ALONE | {"because": "Words are scarce."}
    looked = client.post(reverse(ADD), words | {"_preview": "1"})
    assert looked.status_code == 200
    assert "Er is nog niets bewaard" in looked.text
    near, far = (offer.organisation.name for offer in lunches)
    assert f"nu {near}, {far}; daarna {far}, {near}" in looked.text
    assert "errornote" not in looked.text
    assert "Words are scarce." in looked.text
    assert not Weighing.objects.exists()
    client.post(reverse(ADD), words | {"_save": "1"})
    chosen = Weighing.objects.get()
    assert (chosen.made_by, chosen.near, chosen.because) == (cleo, 0, "Words are scarce.")


def test_weights_of_nothing_are_refused_in_words(cleo):
    client = at_the_desk(cleo)
    words = NEAR_ALONE | {"near": 0, "because": "?", "_save": "1"}
    refused = client.post(reverse(ADD), words).text
    assert "Er moet iets meetellen" in refused
    assert "errornote" in refused


@pytest.mark.parametrize("wrong", [{"near": 0}, {"near": 101}])
def test_postgresql_refuses_weights_that_cannot_be(cleo, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Weighing.objects.create(made_by=cleo, because="?", **(NEAR_ALONE | wrong))


@pytest.mark.parametrize(
    "statement", ["UPDATE market_weighing SET near = 3", "DELETE FROM market_weighing"]
)
def test_what_was_chosen_stays_as_it_was(cleo, statement):
    weigh(NEAR_ALONE, cleo, because="A trial.")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_pair_of_words_stands_once_and_is_two_words(db):
    Pair.objects.create(dutch="proefwoord", english="trial word")
    for wrong in ({"dutch": "Proefwoord", "english": "Trial word"}, {"dutch": "", "english": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pair.objects.create(**wrong)


def test_a_word_that_coordinators_know_finds_its_offer_in_the_other_language(lekstede):
    need = make.need(by=lekstede, title="Krulspeld gezocht", text="Voor de wijk.")
    make.offer(title="Something for weddings", text="We are looking forward to it.")
    match = make.offer(title="Hairpins and more", text="We make them with our own hands.")
    Pair.objects.create(dutch="krulspeld", english="hairpins")
    assert suppliers_for(need)[0].offer == match
