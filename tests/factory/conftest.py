"""For the tests of the floor."""

import pytest
from django.db import connection


@pytest.fixture
def as_the_owner(transactional_db, monkeypatch):
    """The connection is the owner's, as for migrations; otherwise it is the application's."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", "factory_owner")
    yield
    connection.close()
