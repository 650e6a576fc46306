"""The list of places: the project's own, held against what is known of it."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest

from partners.models import Goal, Region, Sector, Theme
from partners.places import DATA

MUNICIPALITIES = {
    "PV20": 10, "PV21": 18, "PV22": 12, "PV23": 25, "PV24": 6, "PV25": 51,
    "PV26": 26, "PV27": 44, "PV28": 50, "PV29": 13, "PV30": 56, "PV31": 31,
}  # fmt: skip
MERGED = date(2022, 1, 1)


@pytest.fixture(scope="module")
def rows():
    with (DATA / "regions.csv").open(newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def test_each_province_has_its_number_of_municipalities_of_2026(rows):
    now = [row for row in rows.values() if row["kind"] == "municipality" and not row["valid_to"]]
    assert Counter(row["province"] for row in now) == MUNICIPALITIES
    assert len(now) == 342


def test_no_two_current_municipalities_share_a_name(rows):
    now = [r["name"] for r in rows.values() if r["kind"] == "municipality" and not r["valid_to"]]
    assert len(set(now)) == len(now)


def test_every_place_lies_in_the_netherlands_and_near_its_neighbours(rows):
    for row in rows.values():
        assert 50.7 < float(row["latitude"]) < 53.6, row["name"]
        assert 3.3 < float(row["longitude"]) < 7.3, row["name"]


def test_who_is_gone_has_a_successor_that_exists_the_day_after(rows):
    gone = [row for row in rows.values() if row["valid_to"]]
    assert len(gone) == 52
    for row in gone:
        successor = rows[row["successor"]]
        day = date.fromisoformat(row["valid_to"]) + timedelta(days=1)
        assert not successor["valid_to"], row["name"]
        assert successor["valid_from"] in ("", str(day)), row["name"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Den Haag", "GM0518"),
        ("den bosch", "GM0796"),
        ("FRIESLAND", "PV21"),
        ("Hoofddorp", "GM0394"),
        ("'s-Gravenhage", "GM0518"),
    ],
)
def test_a_place_is_found_by_the_name_that_people_use(db, said, code):
    assert list(Region.objects.current().named(said).values_list("code", flat=True)) == [code]


def test_utrecht_the_municipality_and_utrecht_the_province_are_told_apart(db):
    one, other = Region.objects.named("Utrecht").order_by("code")
    assert one.name == other.name
    assert one.full_name != other.full_name


def test_uden_was_there_until_maashorst_came(db):
    before = Region.objects.on(MERGED - timedelta(days=1))
    after = Region.objects.on(MERGED)
    assert before.filter(name="Uden").exists()
    assert not before.filter(name="Maashorst").exists()
    assert after.get(name="Maashorst").predecessors.filter(name="Uden").exists()
    assert not after.filter(name="Uden").exists()


def test_sectors_themes_and_goals_have_names_in_both_languages(db):
    for model, number in ((Sector, 14), (Theme, 12), (Goal, 17)):
        assert model.objects.count() == number
        assert all(word.name_nl and word.name_en for word in model.objects.all())
    assert all(len(sector.keywords) >= 15 for sector in Sector.objects.all())
