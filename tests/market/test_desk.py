"""My desk: whose turn it is, this year's figures, and empty states that say what will come."""

import pytest

from market.lifecycle import match as matches
from tests import make


def desk(client, person):
    """The desk's context: yours, others, done, figures."""
    client.force_login(person)
    answer = client.get("/en/desk/")
    assert answer.status_code == 200
    return answer.context


def titles(items):
    """What the items say."""
    return [item["title"] for item in items]


def test_a_visitor_signs_in_first(client):
    assert client.get("/desk/").status_code == 302


def test_an_empty_desk_says_what_will_come(client, dan):
    client.force_login(dan)
    assert "the reasons stand here" in client.get("/en/desk/").content.decode()


def test_a_match_waits_for_the_side_that_has_not_answered(client, lunch, broodnodig, ada, noor):
    make.match("approved", need=lunch, supplier=broodnodig)
    assert titles(desk(client, ada)["yours"]) == [
        "Do you want to meet Gemeente Lekstede for “Lunch for sixty people”?"
    ]
    assert titles(desk(client, noor)["others"]) == ["Lunch for sixty people"]


def test_the_desk_names_no_buyer_who_wants_to_be_asked_first(client, lekstede, broodnodig, ada):
    make.match("approved", need=make.need(by=lekstede, ask_me_first=True), supplier=broodnodig)
    client.force_login(ada)
    assert "Gemeente Lekstede" not in client.get("/en/desk/").content.decode()


def test_a_viewer_waits_for_others(client, lunch, broodnodig, vera):
    make.match("approved", need=lunch, supplier=broodnodig)
    assert desk(client, vera)["yours"] == []
    assert len(desk(client, vera)["others"]) == 1


def test_an_amount_of_the_other_side_asks_if_it_is_right(client, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    assert desk(client, noor)["yours"] == []
    matches.confirm(match, by=ada, cents=81_250)
    assert "Broodnodig noted" in titles(desk(client, noor)["yours"])[0]
    assert desk(client, ada)["yours"] == []


@pytest.mark.parametrize("who", ["ada", "noor"])
def test_amounts_that_differ_lie_on_both_desks(client, request, lunch, broodnodig, who):
    make.match("disputed", need=lunch, supplier=broodnodig)
    assert desk(client, request.getfixturevalue(who))["yours"][0]["late"]


def test_a_completed_match_is_done_and_counted(client, lunch, broodnodig, ada):
    make.match("completed", need=lunch, supplier=broodnodig, cents=100_000)
    context = desk(client, ada)
    assert titles(context["done"]) == ["Lunch for sixty people"]
    assert "1" in str(context["figures"][0]["value"])


def test_a_draft_and_an_expired_listing_wait_for_their_owner(client, noor, lekstede):
    make.need(by=lekstede, state="expired", title="Chairs")
    assert titles(desk(client, noor)["yours"]) == ["Chairs"]


def test_a_need_without_a_match_waits_for_the_site(client, noor, lunch):
    assert desk(client, noor)["others"][0]["state_words"] == "We look for who can deliver this"


def test_nothing_of_others_lies_on_a_strangers_desk(client, lunch, broodnodig, dan):
    make.match("introduced", need=lunch, supplier=broodnodig)
    context = desk(client, dan)
    assert (context["yours"], context["others"], context["done"]) == ([], [], [])
