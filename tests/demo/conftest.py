"""The whole demo network, made once for all tests that look at it."""

import pytest
from django.db import transaction

from factory import demo


@pytest.fixture(scope="package", autouse=True)
def network(django_db_setup, django_db_blocker):
    """Made in a transaction that is rolled back after the last of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.make(say=lambda words: None)
        yield
        transaction.set_rollback(True)
