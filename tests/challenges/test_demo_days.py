"""The demo can be made on any day, at any hour: nothing that happened in it lies ahead."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from challenges.demo.making import COURSES, HERE, INVITED_AFTER, dates_of
from challenges.demo.making import DAYS as DAYS_AFTER
from factory.demo import Calendar, facts

ROWS = [row for row in facts(HERE / "challenges.json") if "plans" in row or "instrument" in row]
FIRST, DAYS = date(2026, 1, 1), 3 * 366  # three years of weekends and holidays


def on_the_morning_of(day):
    """The calendar of a demo that is made a minute after midnight."""
    now = timezone.make_aware(datetime.combine(day, time(0, 1)))
    return SimpleNamespace(now=now, today=day, day=lambda ago: Calendar.day(calendar, ago))


calendar = SimpleNamespace(today=FIRST)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"][:30])
def test_what_stands_in_the_calendar_of_a_challenge_and_happened_is_over(db, row):
    course = COURSES[row["course"]]
    for number in range(DAYS):
        calendar.today = FIRST + timedelta(days=number)
        days = on_the_morning_of(calendar.today)
        dates = dates_of(row, days)
        if "publish" in course:
            assert dates["publish_at"] <= days.now, days.today
        if "invite" in course:
            assert dates["publish_at"] + INVITED_AFTER <= days.now, days.today
        if "close" in course:
            assert dates["deadline_at"] + timedelta(minutes=1) <= days.now, days.today
        if "question" in course:
            asked = days.day(row["ago"] - DAYS_AFTER["question"])
            latest = timezone.make_aware(datetime.combine(asked, time(17, 30)))
            assert min(latest, days.now) <= dates["questions_until"], days.today
        if "publish" in course and "close" not in course and row["course"] != "withdrawn":
            assert dates["deadline_at"] > days.now, days.today
