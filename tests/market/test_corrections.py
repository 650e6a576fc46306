"""A completed match whose amount was wrong: both say so, it counts once, and earlier figures stay."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.models import Notice
from market.counting.closing import close_months
from market.figures.amounts import public_rows, public_total, tables
from market.figures.exact import exact_tables
from market.lifecycle import match as matches
from market.lifecycle.worth import correct, keep_amount
from market.models import Match, Share, Value
from tests import make


@pytest.fixture
def delivered(lunch, broodnodig):
    """Bread for Lekstede: EUR 1 000 confirmed by both."""
    with clock.replay(timezone.make_aware(datetime(2025, 3, 10, 12))):
        return make.match("completed", need=lunch, supplier=broodnodig)


def others(number=2, month=3, cents=100_000):
    """More completed matches in a month of 2025."""
    with clock.replay(timezone.make_aware(datetime(2025, month, 12, 12))):
        return [make.match("completed", cents=cents) for _n in range(number)]


def put_right(match, noor, ada, cents, month=5):
    with clock.replay(timezone.make_aware(datetime(2025, month, 10, 12))):
        correct(match, by=noor, cents=cents)
        correct(Match.objects.get(pk=match.pk), by=ada, cents=cents)
    return Match.objects.get(pk=match.pk)


def test_one_side_alone_changes_nothing(delivered, noor):
    correct(delivered, by=noor, cents=90_000)
    delivered.refresh_from_db()
    assert (delivered.realised_cents, delivered.buyer_corrects_cents) == (100_000, 90_000)


def test_it_is_put_right_when_both_note_the_same_amount(delivered, noor, ada):
    match = put_right(delivered, noor, ada, 90_000)
    assert (match.realised_cents, match.buyer_cents, match.supplier_cents) == (90_000,) * 3
    assert (match.buyer_corrects_cents, match.supplier_corrects_cents) == (None, None)
    event = Event.objects.about(match).last()
    assert (event.verb, event.details) == ("match.set_right", {"cents": 90_000, "was": 100_000})


def test_two_amounts_that_differ_change_nothing(delivered, noor, ada):
    correct(delivered, by=noor, cents=90_000)
    correct(delivered, by=ada, cents=95_000)
    assert Match.objects.get(pk=delivered.pk).realised_cents == 100_000
    correct(delivered, by=noor, cents=95_000)
    assert Match.objects.get(pk=delivered.pk).realised_cents == 95_000


def test_either_side_can_leave_it_as_it_is(delivered, noor, ada):
    correct(delivered, by=noor, cents=90_000)
    keep_amount(delivered, by=ada)
    match = Match.objects.get(pk=delivered.pk)
    assert (match.realised_cents, match.buyer_corrects_cents) == (100_000, None)
    with pytest.raises(Missing):
        keep_amount(match, by=noor)


def test_nobody_else_corrects_an_amount(delivered, dan, cleo, vera):
    for somebody in (dan, cleo, vera):
        with pytest.raises(PermissionDenied):
            correct(delivered, by=somebody, cents=1)


def test_the_other_side_is_asked_and_the_coordinators_hear_of_it(delivered, noor, ada, cleo):
    Notice.objects.all().delete()
    correct(delivered, by=noor, cents=90_000)
    told = set(Notice.objects.mail().values_list("recipient", flat=True))
    assert told == {ada.pk, cleo.pk}


def test_the_form_refuses_the_amount_that_counts_already(client, delivered, noor):
    client.force_login(noor)
    address = reverse("market:match_move", args=[delivered.pk, "correct"])
    answer = client.post(address, {"cents": "1000"})
    assert answer.status_code == 422
    assert "1000" in answer.content.decode()
    assert client.post(address, {"cents": "900"}).status_code == 302


def test_the_page_asks_the_other_side_whether_it_is_right(client, delivered, noor, ada):
    correct(delivered, by=noor, cents=90_000)
    client.force_login(ada)
    page = client.get(f"/en{delivered.get_absolute_url()}").content.decode()
    assert "says that it should have been" in page
    client.post(reverse("market:match_move", args=[delivered.pk, "correct"]), {"cents": "900"})
    assert Match.objects.get(pk=delivered.pk).realised_cents == 90_000


def test_a_correction_counts_once_and_earlier_figures_stay(delivered, noor, ada):
    others(2)
    put_right(delivered, noor, ada, 400_000)
    others(3, month=6)
    close_months(date(2025, 8, 1))
    before, after = public_total(date(2025, 5, 31)), public_total(date(2025, 6, 30))
    assert (before.number, before.cents) == (3, 300_000)
    assert (after.number, after.cents) == (6, 900_000)
    exact = exact_tables(date(2025, 4, 30))["year"].total("realised")
    assert (exact.number, exact.cents) == (3, 300_000)
    exact = exact_tables(date(2025, 5, 31))["year"].total("realised")
    assert (exact.number, exact.cents) == (3, 600_000)


def test_a_correction_waits_for_three_new_matches(delivered, noor, ada):
    others(2)
    put_right(delivered, noor, ada, 400_000)
    others(2, month=6)
    close_months(date(2025, 8, 1))
    assert public_total(date(2025, 7, 31)).cents == 300_000
    assert Share.objects.count() == 3


def test_what_was_called_off_after_it_was_counted_goes_out_with_the_next_three(db, cleo):
    with clock.replay(timezone.make_aware(datetime(2025, 3, 10, 12))):
        agreed = [make.match("agreed", cents=cents) for cents in (10_000, 20_000, 30_000)]
    with clock.replay(timezone.make_aware(datetime(2025, 5, 10, 12))):
        buyer = agreed[0].buyer.memberships.get().person
        matches.cancel(agreed[0], by=buyer, reason="timing")
        for _n in range(3):
            make.match("agreed", cents=50_000)
    close_months(date(2025, 7, 1))
    found = tables(public_rows(date(2025, 5, 31))[0])["year"].total("agreed")
    assert (found.number, found.cents) == (5, 200_000)


def test_closing_again_changes_nothing(delivered):
    others(2)
    assert close_months(date(2025, 6, 1)) == 3
    shares = Share.objects.count()
    assert close_months(date(2025, 6, 1)) == 0
    assert Share.objects.count() == shares == 3


def sql(statement):
    """Run it and whatever PostgreSQL checks at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        touched = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return touched


def refused(why, statement):
    with pytest.raises(DatabaseError, match=why):
        sql(statement)


def test_the_database_keeps_what_was_noted_and_what_is_public(delivered):
    others(2)
    close_months(date(2025, 6, 1))
    for table in ("market_value", "market_share", "market_closing"):
        refused("Cannot (update|delete)", f"DELETE FROM {table}")
    refused("Cannot update", "UPDATE market_value SET cents = 1")
    refused("Cannot update", "UPDATE market_share SET cents = 1")


def test_the_database_counts_only_what_was_noted(delivered):
    amounts = "buyer_cents = {0}, supplier_cents = {0}, realised_cents = {0}"
    change = f"UPDATE market_match SET {amounts.format(5000)} WHERE id = {delivered.pk}"
    refused("counts what nobody noted", change)
    Value.objects.note(delivered, "realised", 5000, clock.now())
    assert sql(change) == 1
