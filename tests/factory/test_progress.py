"""A long command says what it does while it does it."""

import re
import time

from factory import bulk, demo
from factory.progress import Progress, note
from market.models import Match
from tests import make

PATIENCE = 30  # seconds


def test_a_line_says_what_is_going_on_and_how_far_it_is():
    heard = []
    with Progress(heard.append, every=0.05) as progress:
        progress.begin("The tables")
        note("step 2 of 9")
        until = time.monotonic() + PATIENCE
        while "The tables ... step 2 of 9" not in heard and time.monotonic() < until:
            time.sleep(0.01)
    assert "The tables ... step 2 of 9" in heard
    told = len(heard)
    time.sleep(0.15)
    assert len(heard) == told, "it goes on after its end"


def test_nothing_is_noted_where_nobody_listens():
    note("step 1 of 2")


def test_a_replay_says_which_month_it_is(monkeypatch):
    noted = []
    monkeypatch.setattr(demo, "note", noted.append)
    demo.play([iter([demo.datetime(2025, 3, 4, tzinfo=demo.timezone.get_current_timezone())])])
    assert noted == ["up to March 2025"]


def test_a_table_is_called_as_people_call_it(db, as_the_owner):
    heard = []
    make.match()
    bulk.enlarge(20, heard.append)
    assert not [words for words in heard if re.search(r"\b(market|partners|challenges)\.", words)]
    assert any(words.endswith(f" {Match._meta.verbose_name_plural}") for words in heard)
