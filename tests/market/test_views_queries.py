"""Lists cost the same number of queries whether they hold one row or fifty."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from market.lifecycle import match as matches
from tests import make

SIZES = (1, 3, 50)
ADDRESSES = ("", "?q=lunch", "?q=lunch&kind=need&sector=catering")


def queries(client, url):
    """How many queries a page takes; the second visit counts, as the first fills caches."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_board_costs_a_visitor_the_same_few_queries_at_any_size(client, lekstede):
    costs = {address: set() for address in ADDRESSES}
    for size in SIZES:
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        for address in ADDRESSES:
            costs[address].add(queries(client, f"/market/{address}"))
    assert all(len(found) == 1 and max(found) <= 8 for found in costs.values())


def test_the_board_costs_a_member_eight_queries_and_seven_for_what_is_kept_and_for_you(
    client, ada, broodnodig, lunch
):
    client.force_login(ada)
    assert queries(client, "/market/?q=lunch") <= 8 + 7


def test_a_listing_costs_at_most_eight_queries(client, lunch, dan):
    make.need(by=lunch.organisation)
    assert queries(client, lunch.get_absolute_url()) <= 8
    client.force_login(dan)
    # Who decides for an organisation also reads why it is for them.
    assert queries(client, lunch.get_absolute_url()) <= 10 + 4


def test_the_buyers_own_page_costs_the_same_for_one_match_and_for_five(client, noor, lunch):
    client.force_login(noor)
    costs = set()
    for size in (1, 5):
        while lunch.matches.count() < size:
            make.match("approved", need=lunch)
        costs.add(queries(client, lunch.get_absolute_url()))
    assert len(costs) == 1


def test_the_desk_costs_the_same_for_one_row_and_for_twelve(client, noor, lekstede):
    client.force_login(noor)
    costs = set()
    for size in (1, 12):
        while lekstede.bought.count() < size:
            make.match("approved", need=make.need(by=lekstede))
        costs.add(queries(client, "/desk/"))
    assert len(costs) == 1


def test_a_match_costs_the_same_for_one_message_and_for_ten(client, ada, broodnodig, lunch):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    client.force_login(ada)
    costs = set()
    for size in (1, 10):
        while match.messages.count() < size:
            matches.write(match, by=ada, text="Hello")
        costs.add(queries(client, match.get_absolute_url()))
    assert len(costs) == 1


def test_the_impact_page_costs_the_same_for_no_match_and_for_some(client, broodnodig):
    costs = {queries(client, "/impact/")}
    for _n in range(3):
        make.match("completed", supplier=broodnodig)
    costs.add(queries(client, "/impact/"))
    assert len(costs) == 1


def test_a_signed_in_reader_costs_two_queries_more_than_a_visitor(client, ada, noor, lunch):
    visitor = queries(client, "/impact/")
    assert visitor <= 12  # four of them are the challenges'; the bar is 8
    for person in (ada, noor):
        client.force_login(person)
        assert queries(client, "/impact/") <= visitor + 2


def test_my_desk_costs_the_same_few_queries_at_any_size(client, noor, lekstede):
    client.force_login(noor)
    for size in SIZES:
        while lekstede.bought.count() < size:
            make.match("approved", need=make.need(by=lekstede))
        assert (
            queries(client, "/desk/") <= 13 + 4
        )  # the bar of public lists is 8; here every app puts down its own, and what is for you
