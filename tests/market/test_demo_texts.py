"""The demo's words: many, different, plain, and fit for the fields they go into."""

import re
from collections import Counter

import pytest

from factory.demo import LISTINGS, chance, lines
from market.demo import making
from market.demo.amounts import shared_out
from partners.demo import organisations

OFFERS = lines(making.HERE / "offers.csv")
NEEDS = lines(making.HERE / "needs.csv")
PRICED = lines(making.HERE / "priced.csv")
PARTNERS = lines(organisations.HERE / "organisations.csv")


def test_there_are_about_four_hundred_listings_with_different_titles():
    titles = [row["title"] for row in OFFERS + NEEDS + PRICED]
    assert len(titles) == len(set(titles)) == LISTINGS


def test_about_one_in_eight_is_in_english():
    languages = Counter(row["language"] for row in OFFERS + NEEDS)
    assert 0.11 < languages["en"] / languages.total() < 0.14


def test_no_text_is_filler_or_numbered():
    for row in OFFERS + NEEDS:
        assert not re.search(r"lorem|ipsum|\bn\.? ?\d+$|#\d", row["title"] + row["text"], re.I)
        assert 60 < len(row["text"]) < 400, row["title"]


def test_every_sector_has_needs_and_offers():
    for rows in (OFFERS, NEEDS):
        assert all(times >= 10 for times in Counter(row["sector"] for row in rows).values())
        assert len({row["sector"] for row in rows}) == 14


def test_two_hundred_enterprises_stand_among_the_others():
    kinds = Counter(row["kind"] for row in PARTNERS if row["state"] == "active")
    assert kinds == {
        "enterprise": 200, "business": 10, "municipality": 20, "province": 2,
        "funder": 8, "knowledge": 6, "network": 6, "initiative": 10,
    }  # fmt: skip
    assert len({row["name"] for row in PARTNERS}) == len(PARTNERS)


def test_a_mission_fits_its_field_and_says_something():
    assert all(20 < len(row["mission"]) <= 280 for row in PARTNERS)


def test_what_becomes_of_the_needs_is_the_same_every_time():
    once, again = ([{**row} for row in NEEDS] for _time in range(2))
    assert making.planned(once) == making.planned(again)
    assert Counter(row["course"] for row in once)["completed"] == 100


def test_amounts_stay_in_their_ranges_and_add_up():
    ranges = [(300, 900), (1000, 20000), (450, 451)]
    found = shared_out(ranges, 700_000, chance("amounts"))
    assert sum(found) == 700_000
    pairs = zip(ranges, found, strict=True)
    assert all(low * 100 <= cents <= high * 100 for (low, high), cents in pairs)


def test_a_total_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="cannot hold"):
        shared_out([(1, 2)], 300, chance("amounts"))
