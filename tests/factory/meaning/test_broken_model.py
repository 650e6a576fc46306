"""A model that is not there or breaks while it reads: the rest goes on, it is said, and it is made good."""

import numpy
import pytest

from factory.meaning import embedders
from factory.meaning.models import ReaderModel, Reading
from factory.meaning.reading import read_one, read_waiting, reader
from market.lifecycle import listing as listings
from market.lifecycle import rounds
from market.lifecycle.suggesting import read_and_suggest, suggest_for_waiting
from market.models import Listing
from tests import make

HERE = "tests.factory.meaning.test_broken_model."


class Fickle(embedders.Embedder):
    """A model that reads by counting letters, as long as it is well."""

    name = "fickle"
    parts = (("letters", 3, 1.0),)
    well = True

    def offered(self, texts):
        if not self.well:
            raise RuntimeError("the engine stopped")
        if any("🍲" in text for text in texts):
            raise ValueError("no such letter")
        rows = numpy.array([[text.count(letter) + 1 for letter in "aeo"] for text in texts], float)
        return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)

    asked = offered


class OfAnotherSize(Fickle):
    """Says three numbers and gives two."""

    def offered(self, texts):
        return numpy.ones((len(texts), 2))

    asked = offered


class GivesNothing(Fickle):
    """Numbers that are none."""

    def offered(self, texts):
        return numpy.full((len(texts), 3), numpy.nan)

    asked = offered


class Breaks(Fickle):
    """Loads, and breaks at every text."""

    name = "breaks"
    well = False


@pytest.fixture
def fickle(settings, monkeypatch):
    """The model in use; ``well`` may be taken from it."""
    settings.EMBEDDER = f"{HERE}Fickle"
    monkeypatch.setattr(Fickle, "well", True)
    return lambda well: monkeypatch.setattr(Fickle, "well", well)


@pytest.fixture
def soup(lunch):
    """An offer that answers the need of these tests."""
    return make.offer(title="Lunch with soup")


def said(client):
    return client.get("/readyz").json()["meaning"]


def vector_of(listing, model="fickle"):
    thing = "need" if listing.is_need else "offer"
    return Reading.objects.get(model=model, thing=thing, key=listing.pk).vector


WRONG = [
    "factory.meaning.embedders.Bothh",
    "factory.no_such_module.Both",
    "Both",
    *(f"{HERE}{name}" for name in ("Breaks", "OfAnotherSize", "GivesNothing")),
]


@pytest.mark.parametrize("name", WRONG)
def test_suggestions_go_on_by_the_other_parts(settings, client, lunch, soup, name):
    settings.EMBEDDER = name
    assert [match.offer for match in read_and_suggest(lunch.pk)] == [soup]
    assert said(client) == "away"
    assert client.get("/readyz").json()["status"] == "degraded"
    assert Listing.objects.get(pk=lunch.pk).read_at


@pytest.mark.parametrize("name", WRONG)
def test_sweep_and_round_go_on(settings, lunch, soup, cleo, name):
    settings.EMBEDDER = name
    other = make.need(by=lunch.organisation, title="Lunch on Friday")
    assert suggest_for_waiting() == 2
    assert read_waiting(100)
    rounds.start(cleo)
    assert rounds.go_on() == 2
    assert other.matches.filter(offer=soup).exists()


def test_a_wrong_name_is_told_also_while_there_is_nothing_to_read(settings, client, db):
    settings.EMBEDDER = f"{HERE}Fickle"
    read_waiting(100)
    settings.EMBEDDER = "factory.meaning.embedders.Bothh"
    read_waiting(100)
    assert said(client) == "away"
    assert "Bothh" in ReaderModel.objects.get(name="letters").trouble


def test_back_again_it_reads_what_it_missed(fickle, client, lunch, soup):
    read_waiting(100)
    assert (said(client), len(vector_of(soup))) == ("ok", 3)
    fickle(False)
    late = make.offer(title="Lunch with bread")
    read_one("offer", late.pk)
    assert said(client) == "away"
    assert not Reading.objects.filter(model="fickle", thing="offer", key=late.pk).exists()
    read_waiting(100)
    assert ReaderModel.objects.get(in_use=True).behind
    fickle(True)
    assert read_waiting(100) > 0
    assert (said(client), len(vector_of(late))) == ("ok", 3)
    assert not ReaderModel.objects.get(in_use=True).behind
    assert read_waiting(100) == 0


def test_what_was_changed_meanwhile_is_not_compared_by_what_it_said_before(fickle, lunch, soup):
    read_waiting(100)
    before = vector_of(soup)
    fickle(False)
    owner = soup.organisation.memberships.get().person
    listings.revise(soup, by=owner, title="Lunch with eggs, olives and oranges")
    read_one("offer", soup.pk)
    assert not Reading.objects.filter(model="fickle", thing="offer", key=soup.pk).exists()
    fickle(True)
    read_waiting(100)
    assert list(vector_of(soup)) != list(before)


def test_one_text_that_it_cannot_read_is_no_reason_to_put_it_aside(fickle, client, soup):
    odd = make.offer(title="Lunch 🍲")
    assert read_waiting(100)
    assert (vector_of(odd), len(vector_of(soup))) == (None, 3)
    assert said(client) == "ok"
    assert read_waiting(100) == 0


def test_a_broken_one_rests_before_it_is_tried_again(settings, fickle, db):
    settings.MEANING_RETRY_SECONDS = 60
    assert reader().name == "fickle"
    try:
        embedders.put_aside(Fickle, RuntimeError("the engine stopped"))
        assert reader() is None
        assert "engine stopped" in ReaderModel.objects.get(name="letters").trouble
    finally:
        embedders._broken.clear()
    assert reader().name == "fickle"


def test_letters_alone_give_way_once_the_model_has_read_everything(settings, client, lunch, soup):
    settings.EMBEDDER = f"{HERE}Breaks"
    read_waiting(100)
    assert ReaderModel.objects.get(in_use=True).name == "letters"
    settings.EMBEDDER = f"{HERE}Fickle"
    while read_waiting(3):
        pass
    assert ReaderModel.objects.get(in_use=True).name == "fickle"
    assert len(vector_of(soup)) == len(vector_of(lunch)) == 3
    assert said(client) == "ok"
