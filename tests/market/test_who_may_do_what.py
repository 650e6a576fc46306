"""Who sees which button, in every state of a listing and a match."""

import pytest

from market.lifecycle import quoting
from market.lifecycle.listing import moves as listing_moves
from market.lifecycle.match import moves as match_moves
from market.models import Listing, Match
from tests import make
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

MATCH = """
            | suggested       | dismissed | approved       | introduced | agreed                      | disputed             | completed | declined | lapsed | cancelled
buyer       |                 |           | decline        | decline agree confirm cancel write note_social_return | agree confirm cancel write note_social_return | confirm cancel write note_social_return | write note_social_return recommend correct keep_amount |          |        |
supplier    |                 |           | accept decline | decline agree confirm cancel write note_social_return | agree confirm cancel write note_social_return | confirm cancel write note_social_return | write note_social_return correct keep_amount |          |        |
viewer      |                 |           |                |                              |                             |                      |           |          |        |
coordinator | approve dismiss note | restore note | take_back note | cancel note | cancel note | cancel note | note take_back | note | note take_back | note take_back
stranger    |                 |           |                |                              |                             |                      |           |          |        |
"""  # noqa: E501

LISTING = """
            | draft                   | live                                    | paused                      | expired               | filled | withdrawn | taken_down
owner       | publish revise withdraw take_words | revise renew pause fill withdraw report ask_prices take_words | revise resume fill withdraw | revise renew withdraw take_words | reopen | reopen    |
viewer      |                         | report                                  |                             |                       |        |           |
coordinator | note                    | fill take_down report note take_back | fill note                   | note                  | note take_back | note      | put_back note take_back
stranger    |                         | report                                  |                             |                       |        |           |
"""  # noqa: E501


PRICED = """
            | approved                             | introduced
buyer       | decline                              | decline agree confirm cancel write note_social_return
supplier    | accept decline quote                 | decline agree confirm cancel write note_social_return quote
priced      |                                      | decline agree confirm cancel write note_social_return quote withdraw_quote
viewer      |                                      |
coordinator | take_back note                       | cancel note
stranger    |                                      |
"""  # noqa: E501

OPENED = """
            | introduced
buyer       | decline agree confirm cancel write note_social_return choose
supplier    | decline agree confirm cancel write note_social_return quote withdraw_quote
viewer      |
coordinator | cancel note
"""


@pytest.mark.parametrize(("state", "expected"), columns(PRICED))
def test_who_may_do_what_while_prices_can_be_given(
    state, expected, lunch, broodnodig, cleo, dan, vera, noor
):
    make.asks_prices(lunch)
    match = make.match(state, need=lunch, supplier=broodnodig)
    people = {"buyer": noor, "supplier": broodnodig.owner, "viewer": vera}
    people |= {"coordinator": cleo, "stranger": dan}
    priced = expected.pop("priced")
    assert open_to(match_moves, people, match) == expected
    if priced:
        quoting.quote(match, by=broodnodig.owner, cents=1000)
        assert open_to(match_moves, {"": broodnodig.owner}, match) == {"": priced}


@pytest.mark.parametrize(("state", "expected"), columns(OPENED))
def test_who_may_do_what_once_prices_are_open(state, expected, lunch, broodnodig, cleo, vera, noor):
    make.asks_prices(lunch, closed=True)
    match = make.quote(lunch, 1000, broodnodig, closed=True)
    people = {"buyer": noor, "supplier": broodnodig.owner, "viewer": vera, "coordinator": cleo}
    assert open_to(match_moves, people, match) == expected


CLOSED = """
            | live                                                                                   | withdrawn
owner       | revise renew pause fill withdraw report ask_prices ask_prices_again take_words         | reopen
viewer      | report                                                                                 |
coordinator | fill take_down report note take_back                                                   | note
stranger    | report                                                                                 |
"""


@pytest.mark.parametrize(("state", "expected"), columns(CLOSED))
def test_who_may_do_what_with_a_need_whose_prices_are_open(
    state, expected, lunch, cleo, dan, vera, noor
):
    make.asks_prices(lunch, closed=True)
    if state == "withdrawn":
        listing_moves["withdraw"](lunch, by=noor)
    people = {"owner": noor, "viewer": vera, "coordinator": cleo, "stranger": dan}
    assert open_to(listing_moves, people, lunch) == expected


@pytest.mark.parametrize(("state", "expected"), columns(MATCH))
def test_who_may_do_what_with_a_match(state, expected, lunch, broodnodig, cleo, dan, vera, noor):
    match = make.match(state, need=lunch, supplier=broodnodig)
    people = {"buyer": noor, "supplier": broodnodig.owner, "viewer": vera}
    people |= {"coordinator": cleo, "stranger": dan}
    assert open_to(match_moves, people, match) == expected


@pytest.mark.parametrize(("state", "expected"), columns(LISTING))
def test_who_may_do_what_with_a_listing(state, expected, broodnodig, vera, cleo, dan):
    listing = make.listing(by=broodnodig, state=state)
    people = {"owner": broodnodig.owner, "viewer": vera, "coordinator": cleo, "stranger": dan}
    assert open_to(listing_moves, people, listing) == expected


def test_the_tables_know_every_state():
    assert states(MATCH) == set(Match.State.values)
    assert states(LISTING) == set(Listing.State.values)
