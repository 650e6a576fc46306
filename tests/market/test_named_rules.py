"""Every named rule of the market's tables: raw SQL is refused by it, and the nearest right thing is not."""

from datetime import timedelta

import pgtrigger
import pytest

from factory import clock
from market.keeping import doing
from market.lifecycle import recommending, rounds
from market.models import (
    Closing,
    Impression,
    NotForUs,
    Pair,
    SavedItem,
    Share,
    SuggestionRound,
    Value,
    Weighing,
)
from tests import make
from tests.market.test_invariants import change, copied, refused, sql

RULES = {}


def rule(name):
    """Register ``() → (statement that this rule refuses, the nearest that is allowed)``."""

    def keep(function):
        RULES[name] = function
        return function

    return keep


@pytest.mark.parametrize("name", RULES)
def test_postgresql_refuses_what_breaks_it_and_takes_what_does_not(name, cleo):
    wrong, right = RULES[name]()
    refused(name, *wrong)
    assert sql(*right) == 1


@rule("draft_one_per_form")
def _():
    first = make.draft()
    other = make.draft(by=first.organisation)
    return change(other, token=first.token), change(other, token="its own")


@rule("draft_kind_is_known")
def _():
    made = make.draft()
    return change(made, kind="wish"), change(made, kind="offer")


@rule("draft_has_a_token")
def _():
    made = make.draft()
    return change(made, token=""), change(made, token="its own")


@rule("draft_goes_later")
def _():
    made = make.draft()
    early, later = (made.saved_at + timedelta(days=n) for n in (-1, 1))
    return change(made, goes_at=early), change(made, goes_at=later)


@rule("impression_is_seen_at_a_moment")
def _():
    made = Impression.objects.create(
        need=make.need(), organisation=make.organisation(), rank=1, score=1
    )
    who = make.person().pk
    return change(made, shown_to_id=who), change(made, shown_to_id=who, shown_at=clock.now())


def a_round():
    made = rounds.start(make.coordinator())
    done = {"is_done": True, "done_at": clock.now() + timedelta(minutes=1)}
    return made, done


@rule("round_one_at_a_time")
def _():
    first, done = a_round()
    SuggestionRound.objects.filter(pk=first.pk).update(**done)
    other = rounds.start(make.coordinator())
    open_again = {"is_done": False, "done_at": None}
    return change(first, **open_again), change(other, taken_at=clock.now())


@rule("round_done_at_a_moment")
def _():
    made, done = a_round()
    return change(made, is_done=True), change(made, **done)


@rule("round_need_once")
def _():
    first, second = make.need(), make.need()
    made, _done = a_round()
    row = made.needs.get(need=first)
    return change(row, need_id=second.pk), change(row, number=5)


@rule("round_need_worth_something")
def _():
    make.need()
    row = a_round()[0].needs.get()
    return change(row, best=-1.0), change(row, best=1.0)


@rule("match_one_open_per_need_and_organisation")
def _():
    first = make.match()
    other, third = make.match(need=first.need), make.organisation()
    taken = {"organisation_id": first.organisation_id}
    return change(other, **taken), change(other, organisation_id=third.pk)


@rule("match_counts_only_equal_confirmed_values")
def _():
    done = make.match("completed", cents=5000)
    return change(done, buyer_cents=5001), change(done, nudges=1)


@rule("match_agreed_cents_in_range")
def _():
    return beyond("agreed", "agreed_cents")


@rule("match_buyer_cents_in_range")
def _():
    return beyond("agreed", "buyer_cents")


@rule("match_supplier_cents_in_range")
def _():
    return beyond("agreed", "supplier_cents")


@rule("match_buyer_corrects_cents_in_range")
def _():
    return beyond("completed", "buyer_corrects_cents")


@rule("match_supplier_corrects_cents_in_range")
def _():
    return beyond("completed", "supplier_corrects_cents")


def beyond(state, name):
    made = make.match(state)
    return change(made, **{name: -1}), change(made, **{name: 1})


@rule("match_corrected_only_when_completed")
def _():
    agreed, done = make.match("agreed"), make.match("completed")
    return change(agreed, buyer_corrects_cents=5), change(done, buyer_corrects_cents=5)


@rule("quote_withdrawn_after_it_was_given")
def _():
    need = make.asks_prices(make.need())
    price = make.quote(need, 900_000).quotes.get()
    early = {"withdrawn_at": price.at - timedelta(hours=1)}
    return change(price, **early), change(price, withdrawn_at=clock.now())


@rule("recommendation_says_something")
def _():
    done = make.match("completed")
    recommending.recommend(done, by=make._owner(done.buyer), text="On time and warm.")
    done.refresh_from_db()
    return change(done.recommendation, text=""), change(done.recommendation, text="Warm.")


def refusal(organisation=None):
    """An organisation that said that a need is not for it."""
    us = organisation or make.organisation()
    return NotForUs.objects.create(organisation=us, listing=make.need(), reason="price")


@rule("not_for_us_once")
def _():
    first = refusal()
    other = refusal(first.organisation)
    return change(other, listing_id=first.listing_id), change(other, reason="capacity")


@rule("not_for_us_has_a_reason")
def _():
    made = refusal()
    return change(made, reason="boring"), change(made, reason="capacity")


def kept():
    """Somebody's first list and another, and an organisation."""
    somebody = make.person()
    return doing.first_list(somebody), doing.new_list(somebody, "Ours"), make.organisation()


@rule("saved_list_has_one_owner")
def _():
    _first, ours, shop = kept()
    theirs = {"organisation_id": shop.pk}
    return change(ours, **theirs), change(ours, person_id=None, **theirs)


@rule("saved_list_first_is_a_persons")
def _():
    first, ours, shop = kept()
    theirs = {"person_id": None, "organisation_id": shop.pk}
    return change(first, **theirs), change(ours, **theirs)


@rule("saved_list_has_a_name")
def _():
    first, ours, _shop = kept()
    return change(ours, name=""), change(first, name="")


@rule("saved_list_one_first")
def _():
    _first, ours, _shop = kept()
    return change(ours, is_first=True), change(ours, name="Theirs")


@rule("saved_item_is_one_thing")
def _():
    first, _ours, shop = kept()
    item = SavedItem.objects.create(list=first, listing=make.need())
    also = {"organisation_id": shop.pk}
    return change(item, **also), change(item, listing_id=None, **also)


@rule("saved_item_listing_once")
def _():
    first, _ours, _shop = kept()
    item, other = (SavedItem.objects.create(list=first, listing=make.need()) for _n in range(2))
    return change(other, listing_id=item.listing_id), change(other, note="Ask them.")


@rule("saved_item_organisation_once")
def _():
    first, _ours, shop = kept()
    SavedItem.objects.create(list=first, organisation=shop)
    other = SavedItem.objects.create(list=first, organisation=make.organisation())
    return change(other, organisation_id=shop.pk), change(other, note="Ask them.")


def amount():
    """An amount as it was noted."""
    make.match("agreed")
    return Value.objects.order_by("pk").last()


@rule("value_measure_is_known")
def _():
    made = amount()
    return copied(made, measure="guessed"), copied(made, measure="realised")


@rule("value_is_above_zero")
def _():
    made = amount()
    return copied(made, cents=0), copied(made, cents=1)


@rule("share_measure_is_known")
def _():
    made = amount()
    share = Share.objects.create(
        closing=Closing.objects.create(day="2020-01-31"), measure=made.measure, group=made.pk,
        value=made, match=made.match, number=1, cents=1, year=made.year,
        province=made.province, sector=made.sector,
    )  # fmt: skip
    return copied(share, measure="guessed"), copied(share, measure="realised")


@rule("pair_once")
def _():
    Pair.objects.create(dutch="krokus", english="crocus")
    other = Pair.objects.create(dutch="tulp", english="tulip")
    same = {"dutch": "KROKUS", "english": "Crocus"}
    return change(other, **same), change(other, dutch="roos", english="rose")


@rule("pair_has_two_words")
def _():
    made = Pair.objects.create(dutch="tulp", english="tulip")
    return change(made, dutch=""), change(made, dutch="roos")


def test_weights_are_in_range_and_weigh_something(cleo):
    nothing = dict.fromkeys(Weighing.PARTS, 0)
    with pgtrigger.ignore(
        "market.Weighing:written_down"
    ):  # of the journal there is a test beside it
        made = Weighing.objects.create(because="A try.", made_by=cleo)
        refused("weighing_in_range", *copied(made, sector=101))
        assert sql(*copied(made, sector=100)) == 1
        refused("weighing_weighs_something", *copied(made, **nothing))
        assert sql(*copied(made, **nothing | {"text": 1})) == 1
