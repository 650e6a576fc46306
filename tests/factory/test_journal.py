"""The journal: append-only, chained, sealed, without a word that somebody typed."""

import random
from contextlib import closing

import pytest
from django.db import DatabaseError, connection, transaction

from factory.journal.models import Event, Seal, only_codes
from factory.journal.sealing import faults, seal_new_events
from market.lifecycle import match as matches

pytestmark = pytest.mark.django_db


def test_events_of_a_thing_are_numbered_and_chained(match, cleo):
    matches.approve(match, by=cleo)
    first, second = Event.objects.about(match)
    assert (first.number, second.number) == (1, 2)
    assert second.previous_hash == first.hash


def test_a_journal_that_nobody_touched_has_no_faults(match, cleo):
    matches.approve(match, by=cleo)
    assert seal_new_events()
    assert list(faults()) == []


def test_sealing_again_seals_only_what_is_new(match, cleo):
    seal_new_events()
    assert seal_new_events() is None
    matches.approve(match, by=cleo)
    second = seal_new_events()
    assert second.entries.count() == 1
    assert second.previous_hash == Seal.objects.order_by("pk").first().hash


@pytest.mark.parametrize("words", ["Lunch for sixty people", "a" * 61, "naïve words, here"])
def test_the_journal_refuses_words(words):
    with pytest.raises(ValueError, match="codes"):
        only_codes({"note": words})


def test_the_journal_takes_codes_numbers_and_lists_of_them():
    assert only_codes({"reason": "no_fit", "cents": 12, "parts": ["a", None, True]})


@pytest.mark.parametrize("table", ["journal_event", "journal_seal", "journal_sealed"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_cannot_change_what_happened(match, table, deed):
    seal_new_events()
    column = "event_id" if table == "journal_sealed" else "id"
    statement = deed.format(table).replace("id = id", f"{column} = {column}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


TAMPERINGS = {
    "an edit": "UPDATE journal_event SET to_state = 'completed' WHERE id = {id}",
    "a new actor": "UPDATE journal_event SET actor_id = actor_id + 1000 WHERE id = {id}",
    "a swap": "UPDATE journal_event SET number = number + 1000 WHERE id = {id}",
    "an earlier time": "UPDATE journal_event SET at = at - interval '1 minute' WHERE id = {id}",
    "a deletion": "DELETE FROM journal_sealed WHERE event_id = {id}; "
    "DELETE FROM journal_event WHERE id = {id}",
}


ROUNDS = 40  # of each kind, so 200 in all
KEEP = "CREATE TEMP TABLE kept_{t} AS TABLE journal_{t}"
PUT_BACK = "INSERT INTO journal_{t} SELECT * FROM kept_{t}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whoever_goes_round_the_application_is_found_out(match, cleo, postgres, tampering):
    matches.approve(match, by=cleo)
    seal_new_events()
    victims = list(Event.objects.values_list("id", flat=True))
    with closing(postgres.connect(connection.settings_dict["NAME"])) as superuser:
        superuser.autocommit = True
        cursor = superuser.cursor()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("; ".join(KEEP.format(t=t) for t in ("event", "sealed")))
        for victim in random.Random(7).choices(victims, k=ROUNDS):
            cursor.execute(TAMPERINGS[tampering].format(id=victim))
            assert list(faults()), f"{tampering} of event {victim} was not seen"
            cursor.execute("DELETE FROM journal_sealed; DELETE FROM journal_event")
            cursor.execute("; ".join(PUT_BACK.format(t=t) for t in ("event", "sealed")))
    assert list(faults()) == []
