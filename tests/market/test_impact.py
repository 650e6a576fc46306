"""The impact page: only what both sides confirmed, as of any day, and never a single amount."""

import csv
from datetime import date, datetime

import pytest
from django.utils import timezone, translation

from factory import clock
from factory.impact import defused
from market.figures import impact_figures
from tests import make


def completed(year, number=1, cents=100_000, **facts):
    """Matches completed in March of a year."""
    with clock.replay(timezone.make_aware(datetime(year, 3, 10, 12))):
        return [make.match("completed", cents=cents, **facts) for _n in range(number)]


def section(name, on=date(2026, 12, 31)):
    """The rows of one section, by their label."""
    with translation.override("en"):
        sections = {part["id"]: part for part in impact_figures(on)["sections"]}
    return {row.get("label", row.get("name")): row for row in sections[name]["rows"]}


def amounts(on=date(2026, 12, 31)):
    """Confirmed cents by year."""
    return {label: row["value"] for label, row in section("amounts", on).items()}


def test_confirmed_amounts_are_summed_by_year(db, cleo):
    completed(2024, 3)
    completed(2025, 4, cents=50_000)
    assert amounts() == {"2024": 300_000, "2025": 200_000}


def test_only_completed_matches_count(db, cleo):
    completed(2025, 3)
    for state in ("introduced", "agreed", "disputed", "cancelled"):
        make.match(state)
    assert amounts() == {"2025": 300_000}


def test_the_figures_of_a_day_in_the_past_stay_the_same(db, cleo):
    completed(2024, 3)
    before = amounts(date(2024, 12, 31))
    completed(2025, 3)
    assert amounts(date(2024, 12, 31)) == before == {"2024": 300_000}


def test_a_year_of_less_than_three_is_taken_together_with_the_next(db, cleo):
    completed(2023, 2)
    completed(2024, 3)
    completed(2025, 1)
    assert amounts() == {"2023–2025": 600_000}


def test_fewer_than_three_show_no_amount_at_all(client, cleo):
    completed(2025, 2, cents=123_400)
    assert amounts() == {}
    assert "1.234" not in client.get("/impact/").content.decode()
    assert "1234" not in client.get("/impact/?format=csv").content.decode()


def test_a_province_with_one_or_two_says_fewer_than_three(client, cleo, lekstede):
    completed(2025, 1, need=make.need(by=lekstede))
    row = section("places")["Utrecht"]
    assert (row["value"], row["shown"]) == (0, "< 3")
    assert section("places")["Zeeland"]["value"] == 0
    assert "&lt; 3</text>" in client.get("/impact/").content.decode()


def test_steps_are_counted_from_the_journal(db, cleo):
    make.match("suggested")
    make.match("introduced")
    completed(2025, 1)
    assert [row["value"] for row in section("path").values()] == [3, 2, 2, 1, 1]


def test_reasons_under_three_are_taken_together(db, cleo):
    for _n in range(3):
        make.match("declined")
        make.match("lapsed")
    make.match("cancelled")
    found = {label: row["value"] for label, row in section("reasons").items()}
    assert found == {"No room at the moment": 3, "No answer came": 3}


def test_what_is_agreed_and_not_confirmed_stands_apart(client, cleo):
    completed(2025, 3)
    for _n in range(3):
        make.match("agreed", cents=40_000)
    assert section("amounts", clock.today())["2025"]["unsure"] == 120_000
    assert "hatch" in client.get("/impact/").content.decode()


def test_an_empty_page_says_what_will_come(client, db):
    page = client.get("/en/impact/")
    assert page.status_code == 200
    assert "As soon as three matches" in page.content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "2025-02-30", "<script>"])
def test_a_day_that_is_none_comes_back_with_a_summary(client, db, day):
    page = client.get("/impact/", {"on": day})
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


def test_the_table_holds_what_the_page_shows(client, cleo):
    completed(2025, 3)
    answer = client.get("/en/impact/?format=csv&on=2025-12-31")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert ["Amount a year, without VAT", "2025", "3000.00", "euro"] in rows
    assert "impact-2025-12-31.csv" in answer["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(cell):
    assert defused(cell).startswith("'")
