"""A supplier tells its price by phone: noted for them, sealed for everybody else, and asked whether it is right."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factory.coordination import lifecycle as noted_things
from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import quoting
from market.models import Match, Quote
from tests import make
from tests.staff import at_the_desk

CENTS = 912_300


@pytest.fixture
def asked(lunch, broodnodig):
    """Broodnodig was asked for a price."""
    make.asks_prices(lunch)
    return make.match("approved", need=lunch, supplier=broodnodig)


def told(match, cleo, person, cents=CENTS):
    quoting.quote(match, by=cleo, on_behalf_of=person, cents=cents)
    return OnBehalf.objects.get(event__verb="match.quote")


def test_a_coordinator_notes_the_price_and_the_yes_that_comes_with_it(asked, cleo, ada):
    told(asked, cleo, ada)
    match = Match.objects.get(pk=asked.pk)
    price = match.quotes.get()
    assert (price.cents, price.by, match.state) == (CENTS, ada, "introduced")
    event = Event.objects.about(match).get(verb="match.quote")
    assert (event.actor, event.on_behalf_of) == (cleo, ada)
    assert str(CENTS) not in str(list(Event.objects.about(match).values()))


def test_it_is_asked_once_whether_it_is_right_with_the_amount_for_the_supplier_alone(
    asked, cleo, ada
):
    noted = told(asked, cleo, ada)
    assert OnBehalf.objects.count() == 1
    letter = Notice.objects.mail().get(recipient=ada, event__thing_type="coordination.onbehalf")
    assert "9.123" in write(letter)[2]
    for page in (
        reverse("admin:coordination_onbehalf_change", args=[noted.pk]),
        reverse("admin:coordination_onbehalf_changelist") + "?in=all",
        reverse("admin:market_match_change", args=[asked.pk]),
        reverse("on_behalf", args=[noted.pk]),
    ):
        text = at_the_desk(make.coordinator("Chris")).get(page).content.decode()
        assert "9.123" not in text, page


def test_the_form_shows_a_coordinator_no_price_that_stands(asked, cleo, ada):
    quoting.quote(asked, by=ada, cents=CENTS, text="With coffee and cake")
    page = reverse("admin:market_match_for_move", args=[asked.pk, ada.pk, "quote"])
    text = at_the_desk(cleo).get(page).content.decode()
    assert "9123" not in text.replace(".", "")
    assert "With coffee and cake" not in text


def test_it_is_noted_on_the_desk(asked, cleo, ada):
    page = reverse("admin:market_match_for_move", args=[asked.pk, ada.pk, "quote"])
    at_the_desk(cleo).post(page, {"cents": "9123", "text": "With coffee", "token": "t"})
    assert Quote.objects.get().text == "With coffee"


def test_not_right_takes_the_price_back_while_it_is_sealed(asked, cleo, ada):
    noted = told(asked, cleo, ada)
    noted_things.deny(noted, by=ada)
    assert not asked.quotes.standing().exists()


def test_not_right_leaves_a_price_that_the_supplier_gave_since(asked, cleo, ada):
    noted = told(asked, cleo, ada)
    quoting.quote(Match.objects.get(pk=asked.pk), by=ada, cents=5000)
    noted_things.deny(noted, by=ada)
    assert asked.quotes.standing().get().cents == 5000


def test_where_nobody_met_yet_the_yes_goes_too(lekstede, broodnodig, cleo, ada):
    need = make.need(by=lekstede, ask_me_first=True)
    make.asks_prices(need)
    match = make.match("approved", need=need, supplier=broodnodig)
    noted = told(match, cleo, ada)
    assert Match.objects.get(pk=match.pk).supplier_agreed_at
    noted_things.deny(noted, by=ada)
    assert Match.objects.get(pk=match.pk).supplier_agreed_at is None


def test_a_price_that_is_much_is_not_taken_back_by_a_link_alone(asked, cleo, ada):
    assert told(asked, cleo, ada).value_at_stake_cents == CENTS


def test_not_for_the_buyer_nor_after_the_closing_time(asked, lekstede, cleo, noor, ada):
    with pytest.raises(PermissionDenied):
        told(asked, cleo, noor)
    closed = make.asks_prices(make.need(by=lekstede), closed=True)
    late = make.match("approved", need=closed, supplier=asked.organisation)
    with pytest.raises(Missing):
        told(late, cleo, ada)
