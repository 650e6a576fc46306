"""Statements that are put together once for all visits hold no moment: the database says what day it is."""

import re
from datetime import date

import pytest

from factory import clock
from factory.reader import reader_sql
from market.admin import queue
from market.models import Match
from partners import calls

pytestmark = pytest.mark.django_db
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moments(values):
    """Those of a statement's values that are a day or a time."""
    return [value for value in values if isinstance(value, date) or A_DAY.search(str(value))]


@pytest.mark.parametrize("app", [queue, calls])
def test_the_call_list_is_of_today_however_long_the_site_runs(app):
    for provinces in [(), (1, 2)]:
        sql, values = app._statement(provinces)
        assert moments([sql, *values]) == []


def test_who_is_signed_in_is_told_who_stands_in_today():
    assert moments([reader_sql()]) == []


def test_the_search_for_moments_finds_one():
    kept = Match.objects.filter(created_at__lt=clock.now()).query
    assert moments(kept.sql_with_params()[1])
    assert moments([str(kept)])
