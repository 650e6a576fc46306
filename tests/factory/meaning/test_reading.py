"""Texts are read by a worker, once, and again when they change."""

import numpy
import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from factory.management.commands import read_texts
from factory.meaning import embedders
from factory.meaning.background import background
from factory.meaning.models import ReaderModel, Reading
from factory.meaning.reading import (
    ONE_SWEEP,
    chance,
    name_of,
    read,
    read_one,
    read_waiting,
    readables,
    reader,
    switch,
    unread,
    waiting,
)
from market.lifecycle import listing as listings
from market.models import Listing
from tests import make

MODEL = "factory.meaning.embedders.Both"
BROKEN = "tests.factory.meaning.test_reading.Broken"


class Broken(embedders.Embedder):
    """Is there, and does not load."""

    name = "broken"

    def __init__(self):
        raise OSError("no such file")


class Absent(embedders.Embedder):
    """Is not there."""

    @classmethod
    def missing(cls):
        return "it is not installed"


@pytest.fixture
def soup(cleo):
    baker = make.organisation()
    made = make.offer(by=baker, title="Soep en brood", text="Wij koken voor de buurt.")
    made.owner = baker.owner
    return made


def kept(listing):
    return Reading.objects.get(thing="need" if listing.is_need else "offer", key=listing.pk)


def test_what_is_new_waits_and_is_read_once(soup):
    assert read_waiting(100) > 0
    assert kept(soup).words == " soep brood koken buurt "
    assert kept(soup).language == "nl"
    assert read_waiting(100) == 0


def test_what_changes_is_read_again(soup):
    read_waiting(100)
    facts = {"title": "Fresh bread", "text": "We bake for the neighbourhood."}
    listings.revise(soup, by=soup.owner, region=soup.region, sector=soup.sector, **facts)
    assert read_one("offer", soup.pk) == 1
    assert kept(soup).language == "en"
    assert "bread" in kept(soup).words


def test_what_is_not_on_the_market_is_not_read(soup):
    paused = make.offer(title="Taart", state="withdrawn")
    read_waiting(100)
    assert not Reading.objects.filter(thing="offer", key=paused.pk).exists()


def test_a_text_that_changes_while_it_is_read_waits_again(soup):
    readable = readables()["offer"]
    rows = list(waiting(readable))
    Listing.objects.filter(pk=soup.pk).update(title="Iets heel anders")
    read(readable, rows, None)
    assert list(waiting(readable)) == [soup]


def test_a_sweep_leaves_alone_what_another_worker_sweeps(soup):
    other = psycopg2.connect(**connection.get_connection_params())
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s)", [ONE_SWEEP])
        assert read_waiting(5) == 0
        other.cursor().execute("SELECT pg_advisory_unlock(%s)", [ONE_SWEEP])
    finally:
        other.close()
    assert read_waiting(5)


def test_without_a_model_the_letters_are_kept_and_that_is_said(soup, settings, client):
    settings.EMBEDDER = "tests.factory.meaning.test_reading.Absent"
    read_waiting(100)
    assert kept(soup).vector is None
    assert ReaderModel.objects.get(in_use=True).name == "letters"
    assert client.get("/readyz").json()["meaning"] == "away"
    assert client.get("/readyz").json()["status"] == "degraded"


def test_a_model_that_does_not_load_is_no_reason_to_stop(soup, settings, client):
    settings.EMBEDDER = BROKEN
    assert reader() is None
    assert read_waiting(100)
    assert client.get("/readyz").json()["meaning"] == "away"


def test_where_a_part_of_the_model_is_missing_the_rest_reads(settings, monkeypatch, client, db):
    settings.EMBEDDER = MODEL
    monkeypatch.setattr(embedders, "lacking_avx2", lambda: "this processor has no AVX2")
    kind, trouble = embedders.chosen()
    assert (kind, trouble) == (embedders.Sentences, "this processor has no AVX2")
    reader()
    assert client.get("/readyz").json()["meaning"] == "partly"


def test_no_model_is_a_choice_too(client, db):
    assert client.get("/readyz").json()["meaning"] == "off"


def test_a_new_model_reads_beside_the_old_and_takes_over_when_told(soup, settings, capsys):
    read_waiting(100)
    settings.EMBEDDER = MODEL
    name = name_of(reader())
    assert unread(readables()["offer"], name).count() == 1
    call_command("read_texts", most=1)
    assert ReaderModel.objects.get(in_use=True).name == "letters"
    call_command("read_texts", switch=True)
    assert not unread(readables()["offer"], name).exists()
    assert ReaderModel.objects.get(in_use=True).name == name
    assert Reading.objects.filter(thing="offer", key=soup.pk).count() == 2
    assert "offer: 1 of 1" in capsys.readouterr().out


class Killed(embedders.Embedder):
    """Reads as long as it may; then whoever runs it is gone."""

    name, parts, may = "killed", (("letters", 2, 1.0),), 0

    def offered(self, texts):
        type(self).may -= len(texts)
        if self.may < 0:
            raise KeyboardInterrupt
        return numpy.array([[1.0, len(text)] for text in texts])

    asked = offered


def test_killed_in_the_middle_it_goes_on_with_what_is_left(soup, settings, capsys, monkeypatch):
    for number in range(4):
        make.offer(title=f"Soep {number}")
    monkeypatch.setattr(read_texts, "A_TURN", 1)
    monkeypatch.setattr(Killed, "may", 3)
    settings.EMBEDDER = "tests.factory.meaning.test_reading.Killed"
    with pytest.raises(KeyboardInterrupt):
        call_command("read_texts")
    assert Reading.objects.filter(model="killed", thing="offer").count() == 3
    assert "offer: 3 of 5" in capsys.readouterr().out
    monkeypatch.setattr(Killed, "may", 100)
    call_command("read_texts")
    assert Reading.objects.filter(model="killed", thing="offer").count() == 5
    said = capsys.readouterr().out
    assert "offer: 2 of 2" in said
    assert "a second" in said


def test_one_model_is_in_use_at_a_time(db):
    for name in ("one", "other"):
        ReaderModel.objects.create(name=name)
        switch(name)
    assert ReaderModel.objects.get(in_use=True).name == "other"


def test_vectors_come_back_as_they_went_in(soup, settings):
    settings.EMBEDDER = MODEL
    read_waiting(100)
    row = kept(soup)
    model = reader()
    again = model.offered([f"{soup.title}. {soup.text}"])[0]
    assert row.vector == pytest.approx(again, abs=1e-3)
    assert len(row.vector) == sum(size for _name, size, _weight in model.parts)


def test_an_empty_text_has_no_vector(cleo, settings):
    settings.EMBEDDER = MODEL
    make.organisation(mission="", description="")
    read_waiting(100)
    assert not Reading.objects.filter(thing="organisation", vector__isnull=False).exists()


def test_the_background_is_drawn_by_chance_and_by_language(soup):
    english = make.offer(title="Soup and bread for the neighbours")
    read_waiting(100)
    found = background("letters", "offer", "need").found
    assert [len(found["nl"].words), len(found["en"].words)] == [1, 1]
    assert chance("offer", soup.pk) != chance("offer", english.pk)
