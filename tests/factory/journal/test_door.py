"""The door round the moves: for the owner alone, and never without a trace."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from factory.journal.door import guards, journalled_door
from factory.journal.models import Event
from factory.journal.sealing import faults
from partners.models import Organisation, Region

ADMITTED = {"kind": "enterprise", "state": "active"}


def load(name):
    place = Region.objects.municipalities().first()
    Organisation.objects.create(
        name=name, slug=name, region=place, province=place.province, **ADMITTED
    )


def load_and_stumble():
    with journalled_door("test-load"):
        load("one")
        raise ZeroDivisionError


def test_rows_written_inside_need_no_move_and_one_event_tells_of_them(as_the_owner):
    with journalled_door("test-load") as details:
        load("one")
        load("two")
        details["organisations"] = 2
    event = Event.objects.get(verb="door.test-load")
    assert (event.thing_type, event.details) == ("journal.door", {"organisations": 2})
    assert Organisation.objects.active().count() == 2
    assert not list(faults())


def test_the_same_rows_are_refused_outside(as_the_owner):
    with pytest.raises(DatabaseError, match="cannot begin there"):
        load("one")


def test_the_door_is_shut_again_even_after_an_error(as_the_owner):
    with pytest.raises(ZeroDivisionError):
        load_and_stumble()
    assert not Organisation.objects.active().exists()
    assert not Event.objects.filter(verb="door.test-load").exists()
    with pytest.raises(DatabaseError, match="cannot begin there"):
        load("one")


def test_the_second_time_follows_the_first_in_the_journal(as_the_owner):
    before = Event.objects.filter(thing_type="journal.door").count()  # the public bodies came so
    for _time in range(2):
        with journalled_door("test-load"):
            pass
    found = Event.objects.filter(verb="door.test-load").order_by("pk")
    assert [event.number for event in found] == [before + 1, before + 2]
    assert not list(faults())


def test_the_applications_role_cannot_open_it(transactional_db):
    with pytest.raises(ProgrammingError, match="must be owner"), journalled_door("test-load"):
        load("one")


def test_every_thing_with_a_state_is_guarded(db):
    tables = {table for table, _trigger in guards()}
    assert {'"partners_organisation"', '"market_listing"', '"market_match"'} <= tables
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tgname) FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}
    assert {trigger.strip('"') for _table, trigger in guards()} <= there
