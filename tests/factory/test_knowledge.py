"""Norms: which value is in force on a day."""

from datetime import date

import pytest

from factory.knowledge.models import Norm

SPRING = date(2026, 3, 1)


def norm(value, valid_from, valid_to=None):
    """A norm of these days."""
    Norm.objects.create(
        code="discount", value=value, unit="bp", valid_from=valid_from, valid_to=valid_to
    )


def test_a_norm_of_nothing_is_a_norm(db):
    norm(0, SPRING)
    assert Norm.objects.value("discount", SPRING) == 0


def test_the_latest_norm_that_holds_on_the_day_counts(db):
    norm(900, date(2025, 1, 1))
    norm(0, SPRING)
    assert Norm.objects.value("discount", date(2026, 2, 28)) == 900
    assert Norm.objects.value("discount", SPRING) == 0


def test_a_norm_that_is_not_in_force_is_missing(db):
    norm(900, date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(Norm.DoesNotExist):
        Norm.objects.value("discount", SPRING)
