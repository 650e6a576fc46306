"""The impact page: only what both sides confirmed, as of any day, and never a single amount."""

import csv
from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone, translation
from openpyxl import load_workbook

from factory import clock
from market.counting.closing import close_months
from market.figures import impact_figures
from market.lifecycle import match as matches
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


def cells(measure, way="year", on=date(2026, 12, 31)):
    """``{label: (number, cents)}`` of one amount; None where it is taken together with others."""
    rows = section(f"amounts-{way}", on).items()
    found = {label: row["cells"][measure] for label, row in rows}
    return {label: cell and tuple(cell.values()) for label, cell in found.items()}


def test_confirmed_amounts_are_summed_by_year(db, cleo):
    completed(2024, 3)
    completed(2025, 4, cents=50_000)
    close_months()
    assert cells("realised") == {"2024": (3, 300_000), "2025": (4, 200_000)}


def test_nothing_is_public_before_the_month_is_over(client, cleo):
    completed(2025, 3)
    close_months(date(2025, 3, 31))
    assert cells("realised") == {}
    assert "As soon as a month has ended" in client.get("/en/impact/").content.decode()
    close_months(date(2025, 4, 1))
    assert cells("realised") == {"2025": (3, 300_000)}


def test_only_completed_matches_are_realised(db, cleo):
    completed(2025, 3)
    for state in ("introduced", "agreed", "disputed", "cancelled"):
        make.match(state)
    close_months(date(2027, 1, 1))
    assert cells("realised") == {"2025": (3, 300_000)}


def test_the_figures_of_a_day_in_the_past_stay_the_same(db, cleo):
    completed(2024, 3)
    close_months(date(2025, 1, 1))
    before = cells("realised", on=date(2024, 12, 31))
    completed(2025, 3)
    close_months()
    assert cells("realised", on=date(2024, 12, 31)) == before == {"2024": (3, 300_000)}


def test_fewer_than_three_show_no_amount_at_all(client, cleo):
    completed(2025, 2, cents=123_400)
    close_months()
    assert cells("realised") == {}
    assert "1.234" not in client.get("/impact/").content.decode()
    assert "1234" not in str(downloaded(client.get("/impact/?format=csv")))


def test_a_small_year_is_taken_together_with_the_next_smallest(db, cleo):
    completed(2023, 2)
    completed(2024, 4)
    completed(2025, 5)
    close_months()
    assert cells("realised") == {
        "2023": None,
        "2024": None,
        "2025": (5, 500_000),
        "Taken together": (6, 600_000),
    }


def test_three_amounts_are_kept_apart(db, cleo):
    with clock.replay(timezone.make_aware(datetime(2025, 3, 10, 12))):
        for _n in range(3):
            make.match("agreed", need=make.need(value_cents=70_000), cents=60_000)
            make.match("completed", need=make.need(value_cents=70_000), cents=50_000)
    close_months()
    found = {measure: cells(measure)["2025"] for measure in ("estimated", "agreed", "realised")}
    assert found == {"estimated": (6, 420_000), "agreed": (3, 180_000), "realised": (3, 150_000)}


def test_what_was_called_off_is_not_agreed_any_more(db, cleo, noor, lekstede):
    with clock.replay(timezone.make_aware(datetime(2025, 3, 10, 12))):
        agreed = [make.match("agreed", need=make.need(by=lekstede)) for _n in range(4)]
        matches.cancel(agreed[0], by=noor, reason="timing")
    close_months()
    assert cells("agreed") == {"2025": (3, 300_000)}


def test_a_province_with_one_or_two_is_taken_together(client, cleo, lekstede):
    completed(2025, 1, need=make.need(by=lekstede))
    for place in ("Groningen", "Maastricht"):
        for _n in range(3):
            completed(2025, need=make.need(by=make.organisation(kind="municipality", place=place)))
    close_months()
    rows = section("places")
    assert rows["Utrecht"]["shown"] == "…"
    assert [rows[name]["value"] for name in ("Groningen", "Limburg")].count(3) == 1
    assert rows["Taken together"]["value"] == 4
    assert rows["Zeeland"]["value"] == 0


def told(rows):
    return [row.get("shown") or row["value"] for row in rows.values()]


def test_steps_are_counted_from_the_journal(db, cleo):
    make.match("suggested")
    make.match("introduced")
    completed(2025, 3)
    assert told(section("path")) == [5, 4, 4, 3, 3]


def test_an_approval_that_was_taken_back_was_never_reached(db, cleo):
    completed(2025, 3)
    back = [make.match("suggested") for _n in range(3)]
    for met in back:
        matches.approve(met, by=cleo)
    assert told(section("path"))[:2] == [6, 6]
    for met in back:
        matches.take_back(met, by=cleo)
    assert told(section("path"))[:2] == [6, 3]
    matches.approve(back[0], by=cleo)
    assert told(section("path"))[:2] == [6, 4]


def test_a_step_that_one_or_two_reached_does_not_say_which(client, cleo):
    make.match("suggested")
    make.match("introduced")
    completed(2025, 1)
    rows = section("path")
    assert told(rows) == [3, "1–2", "1–2", "1–2", "1–2"]
    assert {row["value"] for row in rows.values()} == {3, 0}
    lines = client.get("/en/impact/?format=csv").getvalue().decode().splitlines()
    steps = [line for line in lines if "Matches by step" in line]
    assert sum("fewer than three" in line for line in steps) == 4
    page = client.get("/en/impact/").content.decode()
    assert page.count("1–2") >= 8  # in the drawing and in its table


def test_reasons_under_three_are_taken_together(db, cleo):
    for _n in range(3):
        make.match("declined")
        make.match("lapsed")
    make.match("cancelled")
    found = {label: row["value"] for label, row in section("reasons").items()}
    assert found == {"No room at the moment": 3, "No answer came": 3}


def test_an_empty_page_says_what_will_come(client, db):
    page = client.get("/en/impact/")
    assert page.status_code == 200
    assert "As soon as a month has ended" in page.content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "2025-02-30", "<script>"])
def test_a_day_that_is_none_comes_back_with_a_summary(client, db, day):
    page = client.get("/impact/", {"on": day})
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


def downloaded(answer):
    """The rows of a CSV, by the first three cells."""
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return {tuple(row[:3]): row[3:] for row in csv.reader(text.splitlines(), delimiter=";")}


def test_the_table_holds_what_the_page_shows(client, cleo):
    completed(2025, 3)
    close_months()
    answer = client.get("/en/impact/?format=csv&on=2025-12-31")
    rows = downloaded(answer)
    assert rows["What it was worth, year by year", "2025", "Realised"] == ["3", "3000,00", ""]
    assert rows["What it was worth, by sector", "Catering and food", "Realised"][0] == "3"
    assert "impact-2025-12-31" in answer["Content-Disposition"]


def test_the_same_tables_come_as_a_workbook(client, cleo):
    completed(2025, 3)
    close_months()
    answer = client.get("/en/impact/?format=xlsx&on=2025-12-31")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    found = {row[:3]: row[3:5] for row in sheet.iter_rows(values_only=True)}
    assert found["What it was worth, year by year", "2025", "Realised"] == (3, 3000)


@pytest.mark.parametrize("way", ["year", "province", "sector", "nonsense"])
def test_the_amounts_are_split_by_what_the_address_says(client, cleo, way):
    completed(2025, 3)
    close_months()
    page = client.get("/en/impact/", {"by": way, "on": "2025-12-31"})
    assert page.status_code == 200
    shown = page.content.decode()
    assert shown.count('aria-current="true"') == 1
    assert "3 matches stand behind it" in shown
    assert "by=sector&amp;on" in shown or "on=2025-12-31&amp;by=sector" in shown
