"""What a coordinator did on the market is taken back whole, with all that followed it."""

import pytest

from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.recommending import put_back_sentence, recommend, take_down_sentence
from tests import make
from tests.undone import assert_it_is_as_it_was

pytestmark = pytest.mark.django_db


def a_need_filled():
    need = make.need()
    for state in ("suggested", "approved", "introduced"):
        make.match(state, need=need)
    return need, listings.fill, {}


def taken_down():
    need = make.need()
    make.match("approved", need=need)
    return need, listings.take_down, {"because": "It is an advertisement."}


def put_back():
    return make.offer(state="taken_down"), listings.put_back, {}


def approved():
    return make.match("suggested"), matches.approve, {}


def called_off():
    return make.match("agreed"), matches.cancel, {"reason": "timing"}


def with_a_sentence():
    match = make.match("completed")
    recommend(match, by=match.buyer.memberships.get().person, text="Op tijd en warm.")
    return match


def sentence_taken_down():
    return with_a_sentence(), take_down_sentence, {"because": "It names a person."}


def sentence_put_back(by):
    match = with_a_sentence()
    take_down_sentence(match, by=by, because="It names a person.")
    return match, put_back_sentence, {}


@pytest.mark.parametrize(
    "ready",
    [
        a_need_filled,
        taken_down,
        put_back,
        approved,
        called_off,
        sentence_taken_down,
    ],
)
def test_it_is_as_it_was_and_nobody_hears_of_it(ready, cleo):
    thing, move, details = ready()
    assert_it_is_as_it_was(thing, move, cleo, details)


def test_a_sentence_that_was_put_back_is_down_again_with_its_reason(cleo):
    match, move, details = sentence_put_back(cleo)
    assert_it_is_as_it_was(match, move, cleo, details)
