"""Holidays are rows with their source: which days count, for what, from when; and PostgreSQL holds their shape."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from challenges.terms import last_day
from factory import working_days
from factory.knowledge.holidays import OFFICES, TERMS, holidays, known
from factory.knowledge.models import Holiday
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_again():
    """What a test wrote is rolled back, so nobody remembers it."""
    yield
    known.forget()


def row(code="queens-day", **facts):
    """A row as good as any."""
    facts = {"month": 4, "day": 30, "ends_no_term": True, "closes_offices": True} | facts
    facts = {"valid_from": date(2000, 1, 1), "source": "A law"} | facts
    made = Holiday.objects.create(code=code, **facts)
    known.forget()
    return made


def test_a_new_row_counts_from_its_first_day_to_its_last():
    row(valid_from=date(2028, 1, 1), valid_to=date(2029, 12, 31))
    counts = {year: date(year, 4, 30) in holidays(year, TERMS) for year in (2027, 2028, 2029, 2030)}
    assert counts == {2027: False, 2028: True, 2029: True, 2030: False}


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({}, date(2027, 4, 30)),
        ({"month": 5, "day": 2, "sunday_moves": 1}, date(2027, 5, 3)),
        ({"month": None, "day": None, "from_easter": 39}, date(2027, 5, 6)),
        ({"month": None, "day": None, "date": date(2027, 5, 7)}, date(2027, 5, 7)),
        ({"month": None, "day": None, "date": date(2026, 5, 7)}, None),
        ({"every": 5}, None),
        ({"every": 1, "valid_from": date(2027, 5, 1)}, None),
    ],
)
def test_the_day_on_which_it_falls(facts, day):
    assert row(**facts).in_year(2027) == day


def test_what_ends_no_term_may_leave_offices_open_and_the_other_way_round():
    assert date(2027, 5, 5) in holidays(2027, TERMS) - holidays(2027, OFFICES)
    row(month=10, day=3, ends_no_term=False)
    assert date(2027, 10, 3) in holidays(2027, OFFICES) - holidays(2027, TERMS)
    assert working_days.is_working_day(date(2027, 5, 5))
    assert not working_days.is_working_day(date(2030, 5, 5))


def test_the_days_that_a_decree_made_equal_to_holidays_end_no_term():
    equal = {
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
    assert equal <= holidays(2026, TERMS) | holidays(2027, TERMS) | holidays(2028, TERMS)
    assert last_day(date(2026, 4, 25), 20) == date(2026, 5, 18)


def test_every_row_names_its_source():
    assert Holiday.objects.count() == 20
    assert not Holiday.objects.filter(source="").exists()


BASE = "code, valid_from, source, source_url, ends_no_term, closes_offices"
GOOD = "'x', '2026-01-01', 'A law', '', true, true"


@pytest.mark.parametrize(
    ("columns", "values", "name"),
    [
        ("", "", "holiday_falls_in_one_way"),
        (", month, day, from_easter", ", 1, 1, 1", "holiday_falls_in_one_way"),
        (", month, day", ", 2, 30", "holiday_day_is_in_its_month"),
        (", month, day", ", 13, 1", "holiday_day_is_in_its_month"),
        (", from_easter, every", ", 1, 0", "holiday_every_so_many_years"),
        (", from_easter, valid_to", ", 1, '2025-12-31'", "holiday_days_in_order"),
    ],
)
def test_postgresql_refuses_what_is_no_holiday(columns, values, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        insert(BASE + columns, GOOD + values)


def insert(columns, values):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO knowledge_holiday ({columns}) VALUES ({values})")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("'x', '2026-01-01', 'A law', '', false, false", "holiday_counts_for_something"),
        ("'x', '2026-01-01', '', '', true, true", "holiday_has_a_source"),
        ("'christmas', '1981-01-01', 'A law', '', true, true", "holiday_once_a_day"),
    ],
)
def test_postgresql_refuses_one_that_counts_for_nothing_has_no_source_or_is_there(values, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        insert(BASE + ", from_easter", values + ", 1")


def test_a_good_row_is_taken_so_the_refusals_say_something():
    insert(BASE + ", from_easter", GOOD + ", 1")
    assert Holiday.objects.filter(code="x").exists()


def test_an_administrator_adds_a_day_and_it_counts_at_once(client, max_):
    sign_in(client, max_)
    assert date(2029, 5, 11) not in holidays(2029, TERMS)
    said = {
        "code": "equal-2029-05-11", "date": "2029-05-11", "every": 1, "sunday_moves": 0,
        "ends_no_term": "on", "valid_from": "2029-05-11", "source": "Een besluit",
    }  # fmt: skip
    answer = client.post(reverse("admin:knowledge_holiday_add"), said)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert date(2029, 5, 11) in holidays(2029, TERMS)
