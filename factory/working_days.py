"""Dutch working days: Monday to Friday without the general public holidays."""

from datetime import date, timedelta

from dateutil.easter import easter


def holidays(year):
    """The general public holidays of a year (Algemene termijnenwet, art. 3; without Good Friday)."""
    sunday = easter(year)
    king = date(year, 4, 27)
    return {
        date(year, 1, 1),
        sunday + timedelta(days=1),
        king - timedelta(days=1) if king.weekday() == 6 else king,
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
        *([date(year, 5, 5)] if year % 5 == 0 else []),
    }


def is_working_day(day):
    """Whether offices are open."""
    return day.weekday() < 5 and day not in holidays(day.year)


def after(day, number):
    """The day that is ``number`` working days after ``day``."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def between(first, last):
    """How many working days lie after ``first`` up to and including ``last`` (0 if none)."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))
