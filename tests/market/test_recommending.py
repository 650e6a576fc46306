"""A buyer's sentence: said after a delivery with consent, shown on the supplier's page, taken back or down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from factory.journal.models import Event
from factory.moves import NotNow
from factory.notices.models import Notice
from market.lifecycle.match import moves
from market.lifecycle.recommending import (
    put_back_sentence,
    recommend,
    take_down_sentence,
    withdraw_sentence,
)
from market.models import Recommendation
from market.profile import BANDS, band, delivered
from tests import make
from tests.doors import sign_in
from tests.market.test_views_queries import queries
from tests.tables import columns, open_to

pytestmark = pytest.mark.django_db

WORDS = "Op tijd, warm, en iedereen vroeg waar het vandaan kwam."
SENTENCE = """
            | nothing   | shown              | withdrawn | taken_down
buyer       | recommend | withdraw_sentence  | recommend |
supplier    |           |                    |           |
coordinator |           | take_down_sentence |           | put_back_sentence
stranger    |           |                    |           |
"""
OTHERS = {"write", "note_social_return", "note", "correct", "keep_amount", "take_back"}


@pytest.fixture
def done(lunch, broodnodig):
    """A lunch that was delivered and confirmed."""
    return make.match("completed", need=lunch, supplier=broodnodig)


def bring_to(match, state, buyer, cleo):
    """Let the sentence be in this state."""
    if state != "nothing":
        recommend(match, by=buyer, text=WORDS)
    if state == "withdrawn":
        withdraw_sentence(match, by=buyer)
    if state == "taken_down":
        take_down_sentence(match, by=cleo, because="It names a person.")


def on_the_page(client, organisation):
    return WORDS in client.get(organisation.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("state", "expected"), columns(SENTENCE))
def test_who_may_do_what_with_a_sentence(state, expected, done, noor, ada, cleo, dan):
    bring_to(done, state, noor, cleo)
    people = {"buyer": noor, "supplier": ada, "coordinator": cleo, "stranger": dan}
    found = open_to(moves, people, done)
    assert {who: names - OTHERS for who, names in found.items()} == expected


@pytest.mark.parametrize(
    ("state", "shown"), [("nothing", 0), ("shown", 1), ("withdrawn", 0), ("taken_down", 0)]
)
def test_a_sentence_stands_on_the_page_as_long_as_it_may(
    client, state, shown, done, noor, cleo, broodnodig
):
    bring_to(done, state, noor, cleo)
    assert on_the_page(client, broodnodig) == bool(shown)


def test_a_sentence_comes_by_the_form_and_only_with_consent(client, done, noor, broodnodig):
    browser_of_noor = sign_in(Client(), noor)
    address = reverse("market:match_move", args=[done.pk, "recommend"])
    answer = browser_of_noor.post(address, {"text": WORDS})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    browser_of_noor.post(address, {"text": WORDS, "consent": "on"})
    page = client.get(broodnodig.get_absolute_url()).content.decode()
    assert WORDS in page
    assert "Gemeente Lekstede" in page
    assert noor.name not in page


def test_the_journal_does_not_hold_the_words(done, noor):
    event = recommend(done, by=noor, text=WORDS)
    assert WORDS not in str(Event.objects.get(pk=event.pk).details)


def test_the_supplier_hears_of_it_and_the_buyer_of_its_end(done, noor, ada, cleo):
    recommend(done, by=noor, text=WORDS)
    take_down_sentence(done, by=cleo, because="It names a person.")
    put_back_sentence(done, by=cleo)
    mails = Notice.objects.mail().filter(event__verb__endswith="sentence")
    assert {notice.recipient for notice in mails} == {noor}
    assert Notice.objects.mail().filter(event__verb="match.recommend").get().recipient == ada


def test_before_it_was_delivered_there_is_nothing_to_say(lunch, broodnodig, noor):
    with pytest.raises(NotNow):
        recommend(make.match("agreed", need=lunch, supplier=broodnodig), by=noor, text=WORDS)


def test_the_supplier_does_not_praise_itself(done, ada):
    with pytest.raises(PermissionDenied):
        recommend(done, by=ada, text=WORDS)


def test_what_a_suspended_buyer_said_is_not_shown(client, done, noor, cleo, lekstede, broodnodig):
    recommend(done, by=noor, text=WORDS)
    from_the_start = on_the_page(client, broodnodig)
    make.organisations.suspend(lekstede, by=cleo, note="?")
    assert (from_the_start, on_the_page(client, broodnodig)) == (True, False)


def test_markup_in_a_sentence_stays_words(client, done, noor, broodnodig):
    recommend(done, by=noor, text="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(broodnodig.get_absolute_url()).content.decode()


def test_the_database_keeps_one_sentence_a_match_and_no_empty_one(done, noor):
    recommend(done, by=noor, text=WORDS)
    for wrong in ("text = ''", "match_id = NULL"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE market_recommendation SET {wrong}")
    Recommendation.objects.update(text="Good.")
    assert Recommendation.objects.get().text == "Good."


@pytest.mark.parametrize(
    ("cents", "said"), [(100, "500"), (99_999, "500"), (100_000, "1.000"), (99_999_999, "100.000")]
)
def test_a_size_is_told_in_bands(cents, said):
    assert said in band(cents)
    assert sorted(BANDS) == BANDS


def test_below_three_orders_not_even_their_number_is_told(broodnodig, lekstede):
    for number in (1, 2, 3):
        make.match("completed", supplier=broodnodig, cents=123_400 + number)
        told = str(delivered(broodnodig)["context"])
        assert "1.234" not in told
        assert ("Minder dan 3" in told) == (number < 3)
        assert bool(delivered(broodnodig)["context"]["rows"]) == (number >= 3)
        assert ("kinds" in told) == (number >= 3)


def test_a_page_costs_the_same_with_one_sentence_and_with_four(client, broodnodig):
    costs = set()
    for _number in range(4):
        match = make.match("completed", supplier=broodnodig)
        recommend(match, by=match.buyer.memberships.get().person, text=WORDS)
        costs.add(queries(client, broodnodig.get_absolute_url()))
    assert len(costs) == 1
    assert max(costs) <= 8
