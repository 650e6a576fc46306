"""The calendar knows its order, weekends, holidays, recess, and how much time people have."""

from datetime import date, datetime, time
from types import SimpleNamespace

import pytest
from django.utils import timezone

from challenges import calendar
from challenges.presets import SMALL, STEPS
from challenges.terms import last_day

pytestmark = pytest.mark.django_db  # holidays are rows
SPRING = SimpleNamespace(kind="spring", first_date=date(2027, 2, 20), last_date=date(2027, 2, 28))
SUMMER = SimpleNamespace(kind="recess", first_date=date(2027, 7, 10), last_date=date(2027, 8, 29))
CLOSURES = [SPRING, SUMMER]
NOW = timezone.make_aware(datetime(2027, 1, 4, 9))


def at(month, day, hour=12):
    return timezone.make_aware(datetime.combine(date(2027, month, day), time(hour)))


def kinds(**moments):
    return {(w.kind, w.name) for w in calendar.look(moments, CLOSURES, NOW)}


def test_a_deadline_on_a_working_day_is_fine():
    assert kinds(deadline_at=at(3, 5)) == set()


@pytest.mark.parametrize(
    ("moment", "kind", "earliest"),
    [
        (at(3, 6), "weekend", at(3, 8)),
        (at(3, 29), "weekend", at(3, 30)),  # Easter Monday
        (at(2, 24), "closed", at(3, 1)),
        (at(1, 4, 8), "past", at(1, 5, 8)),
    ],
)
def test_a_day_on_which_nobody_is_there(moment, kind, earliest):
    (warning,) = calendar.look({"deadline_at": moment}, CLOSURES, NOW)
    assert (warning.kind, warning.earliest) == (kind, earliest)


def test_the_recess_stands_in_the_way_of_a_decision_alone():
    assert kinds(scores_by=at(7, 20)) == set()
    (warning,) = calendar.look({"decision_by": at(7, 20)}, CLOSURES, NOW)
    assert (warning.kind, warning.earliest) == ("recess", at(8, 30))


def test_the_order_is_wrong_once_a_pair():
    moments = {"questions_until": at(3, 9), "answers_by": at(3, 5), "deadline_at": at(3, 31)}
    (wrong,) = calendar.wrong_order(moments)
    assert (wrong.kind, wrong.name, wrong.other) == ("order", "answers_by", "questions_until")


def test_jurors_need_days_of_work_outside_the_holidays():
    moments = {"check_by": at(2, 18), "scores_by": at(3, 3)}
    (short,) = calendar.look(moments, CLOSURES, NOW)
    assert (short.kind, short.days) == ("short", 4)
    assert timezone.localdate(short.earliest) == date(2027, 3, 4)


def test_a_planned_calendar_has_no_warnings_over_a_holiday_and_the_clock_change():
    moments = calendar.planned(date(2027, 2, 13), STEPS[SMALL], CLOSURES)
    assert calendar.look(moments, CLOSURES, NOW) == []
    assert timezone.localdate(moments["publish_at"]) == date(2027, 2, 15)
    assert timezone.localtime(moments["deadline_at"]).hour == 12
    assert "pitch_at" not in moments


def test_shifting_keeps_the_hour_over_the_clock_change():
    later = calendar.shifted({"scores_by": at(3, 26)}, ["scores_by"], by=at(4, 2) - at(3, 26))
    assert later["scores_by"] == at(4, 2)


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (at(3, 2), date(2027, 3, 22)),  # a Monday
        (at(3, 1), date(2027, 3, 22)),  # it would be a Sunday
        (at(3, 9), date(2027, 3, 30)),  # Easter Monday
    ],
)
def test_the_last_day_of_a_term_is_that_of_the_letters(decided, last):
    assert calendar.last_day_of_term(decided, 20) == last == last_day(decided.date(), 20)


def test_without_a_decision_or_a_term_there_is_no_last_day():
    assert calendar.last_day_of_term(at(3, 1), 0) is None
    assert calendar.last_day_of_term(None, 20) is None
