"""Dutch working days: Monday to Friday without the days on which offices are closed."""

from datetime import timedelta

from factory.knowledge.holidays import OFFICES
from factory.knowledge.holidays import holidays as known_holidays


def holidays(year):
    """The days of a year on which offices are closed, besides Saturdays and Sundays."""
    return known_holidays(year, OFFICES)


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
