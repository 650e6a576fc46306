"""The last day of a term of law, by the Algemene termijnenwet.

A term begins the day after the day on which the last letter left. If it would end on a Saturday, a Sunday or
a general holiday it goes on to the first day that is none of these (art. 1). A term of three days or more
holds at least two such days (art. 2). Which days are holidays (art. 3) stands in rows with their source:
those of the law, and the days that a royal decree makes equal to them, such as the Friday after Ascension.
"""

from datetime import timedelta

from factory.knowledge.holidays import TERMS
from factory.knowledge.holidays import holidays as known_holidays

DAY = timedelta(days=1)
LONGEST = 90  # days; a longer term is not lengthened (art. 4)
LEAST_DAYS, OPEN_DAYS = 3, 2  # from how long on a term holds how many days that are no holiday


def holidays(year):
    """The days of a year on which no term ends, besides Saturdays and Sundays."""
    return known_holidays(year, TERMS)


def can_end_on(day):
    """Whether a term can end on this day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def last_day(sent, days):
    """The last day of a term of ``days`` (0 or more) that runs after ``sent``, a date.

    No waiting time (0) ends on the day of sending itself. Raises ValueError below zero.
    """
    if days < 0:
        raise ValueError("a term has no days below zero")
    last = sent + days * DAY
    if days == 0 or days > LONGEST:
        return last
    while not can_end_on(last) or (days >= LEAST_DAYS and _open_days(sent, last) < OPEN_DAYS):
        last += DAY
    return last


def _open_days(sent, last):
    return sum(can_end_on(sent + n * DAY) for n in range(1, (last - sent).days + 1))
