"""The last day of a term, by the Algemene termijnenwet: over weekends and general holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.terms import can_end_on, holidays, last_day

pytestmark = pytest.mark.django_db  # holidays are rows


@pytest.mark.parametrize(
    ("sent", "days", "last", "because"),
    [
        (date(2027, 4, 8), 20, date(2027, 4, 28), "a Wednesday: nothing to lengthen"),
        (date(2027, 4, 7), 20, date(2027, 4, 28), "the King's birthday"),
        (date(2022, 4, 7), 20, date(2022, 4, 28), "the 27th is the King's birthday of 2022"),
        (date(2026, 11, 29), 20, date(2026, 12, 21), "a Saturday goes on to Monday"),
        (date(2026, 12, 5), 20, date(2026, 12, 28), "Christmas, Boxing Day and a Sunday"),
        (date(2026, 12, 6), 20, date(2026, 12, 28), "Boxing Day on a Saturday"),
        (date(2027, 12, 12), 20, date(2028, 1, 3), "New Year on a Saturday"),
        (date(2027, 3, 6), 20, date(2027, 3, 30), "Good Friday, the weekend and Easter Monday"),
        (date(2027, 4, 15), 20, date(2027, 5, 10), "5 May, Ascension Day, and the Friday made equal"),
        (date(2025, 12, 12), 20, date(2026, 1, 5), "New Year and the Friday that was made equal"),
        (date(2026, 4, 15), 20, date(2026, 5, 6), "5 May, every year"),
        (date(2027, 4, 26), 20, date(2027, 5, 18), "Whit Sunday and Whit Monday"),
        (date(2026, 10, 19), 42, date(2026, 11, 30), "six weeks"),
        (date(2026, 11, 14), 42, date(2026, 12, 28), "six weeks, on Boxing Day"),
        (date(2026, 12, 24), 3, date(2026, 12, 29), "three days hold two working days (art. 2)"),
        (date(2026, 11, 28), 0, date(2026, 11, 28), "no waiting time"),
        (date(2026, 9, 5), 91, date(2026, 12, 5), "more than ninety days is not lengthened"),
    ],
)  # fmt: skip
def test_the_last_day(sent, days, last, because):
    assert last_day(sent, days) == last, because


def test_the_holidays_of_a_year_are_those_of_the_law():
    assert holidays(2026) == {
        date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27),
        date(2026, 5, 5), date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 25), date(2026, 12, 25),
        date(2026, 12, 26),
    }  # fmt: skip


def test_the_kings_birthday_is_never_kept_on_a_sunday():
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 90))
def test_a_term_is_never_shorter_and_never_ends_on_a_holiday(sent, days):
    last = last_day(sent, days)
    assert can_end_on(last)
    assert timedelta(days) <= last - sent <= timedelta(days + 6)


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 89))
def test_who_is_told_later_never_has_less_time(sent, days):
    assert (
        last_day(sent, days)
        <= last_day(sent + timedelta(1), days)
        <= last_day(sent, days + 2) + timedelta(6)
    )


def test_a_term_has_no_days_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        last_day(date(2026, 1, 1), -1)
