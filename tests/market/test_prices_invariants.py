"""What PostgreSQL itself refuses about prices: raw SQL round Django, each beside what is allowed."""

import pytest
from django.db import IntegrityError

from factory import clock
from market.lifecycle import quoting
from market.models import Choice, EarlierRound, Prices, Quote, SocialReturn
from tests import make
from tests.market.test_invariants import MOST, change, copied, refused, sql

pytestmark = pytest.mark.django_db

JOURNAL = "a quote was written without a journal entry"
BEFORE = "before the closing time"


@pytest.fixture
def quote(lunch, broodnodig):
    """A price that stands, while prices can still be given."""
    make.asks_prices(lunch)
    return make.quote(lunch, 900_000, broodnodig).quotes.get()


@pytest.fixture
def late(lunch, broodnodig):
    """A price that stands, after the closing time."""
    make.asks_prices(lunch, closed=True)
    return make.quote(lunch, 900_000, broodnodig, closed=True).quotes.get()


def test_no_price_is_given_after_the_closing_time(late):
    refused(BEFORE, *copied(late, at=clock.now(), withdrawn_at=clock.now()))
    refused(BEFORE, *change(late, withdrawn_at=clock.now()))


@pytest.mark.django_db(transaction=True)  # what was replayed for the fixture is another transaction
def test_no_price_pretends_to_have_been_on_time(late):
    refused(JOURNAL, *copied(late, withdrawn_at=late.at))


def test_no_price_comes_from_a_time_that_is_still_to_come(quote):
    refused(BEFORE, *copied(quote, at="2090-01-01", withdrawn_at="2090-01-02"))


def test_no_price_without_the_journal(quote, lunch):
    other = make.match("approved", need=lunch)
    refused(JOURNAL, *copied(quote, match_id=other.pk, at=clock.now()))
    quoting.quote(other, by=make._owner(other.organisation), cents=1)
    assert sql("SET CONSTRAINTS ALL IMMEDIATE") is not None


def test_no_price_for_a_need_that_asks_none(quote):
    other = make.match("approved")
    refused(BEFORE, *copied(quote, match_id=other.pk))


@pytest.mark.parametrize("facts", [{"cents": 1}, {"text": "more"}, {"at": "2020-01-01"}])
def test_a_price_that_was_given_stays_as_it_was(quote, facts):
    refused("stays as it was", *change(quote, **facts))


def test_one_price_stands_for_a_match(quote):
    with pytest.raises(IntegrityError, match="quote_stands_once_a_round"):
        Quote.objects.create(match=quote.match, cents=5, at=clock.now(), by=quote.by)


@pytest.mark.parametrize("cents", [0, -1, MOST + 1])
def test_a_price_lies_in_range(quote, cents):
    refused("quote_in_range", *copied(quote, cents=cents, withdrawn_at=quote.at))


def test_a_price_is_not_deleted(quote):
    refused("Cannot delete", f"DELETE FROM market_quote WHERE id = {quote.pk}")


def test_the_closing_time_moves_later_only_and_not_once_it_has_passed(quote, lunch):
    asked = Prices.objects.get(need=lunch)
    refused("never earlier than was said", *change(asked, closes_at=clock.now()))
    refused("never earlier than was said", *change(asked, closes_at=None))
    assert sql(*change(asked, closes_at="2090-01-01")) == 1


def test_a_closing_time_that_has_passed_stays(late, lunch):
    asked = Prices.objects.get(need=lunch)
    refused("prices close once", *change(asked, closes_at="2090-01-01"))
    assert sql(*change(asked, opened_at=clock.now())) == 1


def test_prices_open_after_they_closed_and_for_a_known_reason(quote, lunch):
    asked = Prices.objects.get(need=lunch)
    refused("prices_open_after_closing", *change(asked, opened_at=clock.now()))
    refused("prices_because_is_known", *change(asked, because="whim"))
    assert sql(*change(asked, because="limit")) == 1


def test_a_choice_has_a_known_code_and_one_match(lunch, noor):
    match = make.match("agreed", need=lunch)
    made, _new = Choice.objects.get_or_create(
        match=match, defaults={"chosen_for": "price", "at": clock.now(), "by": noor}
    )
    refused("choice_code_is_known", *change(made, chosen_for="friend"))
    refused("unique", *copied(made))
    assert sql(*change(made, chosen_for="fit")) == 1


def test_one_invoice_of_a_supplier_counts_once(lunch, lekstede, broodnodig, ada):
    first = make.match("agreed", need=lunch, supplier=broodnodig)
    second = make.match("agreed", supplier=broodnodig)
    facts = {"contract": "A", "authority": lekstede, "by": ada, "at": clock.now()}
    facts |= {"supplier": broodnodig}
    SocialReturn.objects.create(match=first, invoice="F-12", **facts)
    other = SocialReturn.objects.create(match=second, invoice="F-13", **facts)
    refused("social_return_invoice_counts_once", *change(other, invoice="f-12"))
    refused("social_return_names_a_contract", *change(other, contract=""))
    assert sql(*change(other, invoice="")) == 1


@pytest.fixture
def second(lunch, late, noor):
    """A second round is open; the price of the first stands in the first alone."""
    make.asks_prices_again(lunch)
    return Prices.objects.get(need=lunch)


def kept(need, **facts):
    """A statement that keeps a round of this need, as it is now but for these facts."""
    asked = Prices.objects.get(need=need)
    row = {"need_id": need.pk, "number": asked.number, "because": asked.because}
    row |= {"closes_at": asked.closes_at, "opened_at": asked.opened_at, "again_at": clock.now()}
    row |= facts
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    return f"INSERT INTO market_earlierround ({names}) VALUES ({marks})", *row.values()


ROUND = "follows one that has closed and is kept"


def test_no_new_round_while_prices_can_still_be_given(quote, lunch):
    asked = Prices.objects.get(need=lunch)
    refused(ROUND, *change(asked, number=2, closes_at="2090-01-01"))
    refused("kept as it was, once it has closed", *kept(lunch))
    assert sql(*change(asked, closes_at="2090-01-01")) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"number": 2, "closes_at": "2090-01-01"},  # nothing was kept of the first
        {"number": 3, "closes_at": "2090-01-01"},
        {"number": 2},
        {"number": 2, "closes_at": None},
        {"number": 0, "closes_at": "2090-01-01"},
    ],
)
def test_a_new_round_is_the_next_one_with_a_later_closing_time(late, lunch, facts):
    refused(ROUND, *change(Prices.objects.get(need=lunch), **facts))


def test_what_is_kept_of_a_round_is_what_it_was(late, lunch):
    for wrong in ({"number": 2}, {"because": "limit"}, {"closes_at": "2020-01-01"}):
        refused("kept as it was, once it has closed", *kept(lunch, **wrong))
    refused("earlier_round_closed_first", *kept(lunch, again_at="2020-01-01"))


def test_a_round_ends_only_as_prices_are_asked_again_and_the_journal_says_so(late, lunch, noor):
    refused("and the journal says so", *kept(lunch))
    make.asks_prices_again(lunch)
    assert sql("SET CONSTRAINTS ALL IMMEDIATE") is not None


def test_a_round_that_was_kept_stays_as_it_was(second, lunch):
    first = EarlierRound.objects.get(need=lunch)
    refused("Cannot update or delete", *change(first, closes_at="2090-01-01"))
    refused("stays_as_it_was", f"DELETE FROM market_earlierround WHERE id = {first.pk}")


def test_a_round_is_kept_once(late, lunch):
    statement, *values = kept(lunch)
    refused("earlier_round_once", f"{statement}; {statement}", *values, *values)


def test_a_price_is_of_the_round_that_is_open(second, late, broodnodig, ada):
    refused(BEFORE, *copied(late, withdrawn_at=late.at))
    refused(BEFORE, *change(late, withdrawn_at=late.at))
    quoting.quote(late.match, by=ada, cents=850_000)
    given = Quote.objects.get(match=late.match, round=2)
    refused("stays as it was|before the closing time", *change(given, round=1))
    assert late.match.quotes.filter(withdrawn_at=None).count() == 2
