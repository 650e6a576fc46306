"""The board: who sees what, boxes, words, typing mistakes and pages."""

import pytest

from market.models import Listing
from tests import make

NEED, OFFER = "Lunch for sixty people", "Lunches from a kitchen"


@pytest.fixture
def offer(broodnodig):
    """Broodnodig's offer of lunches."""
    return make.offer(by=broodnodig, title=OFFER)


def titles(client, query=""):
    """The titles on the page, in order."""
    page = client.get(f"/market/{query}")
    assert page.status_code == 200
    return [listing.title for listing in page.context["page_obj"].object_list]


def boxes(client, facet, query=""):
    """``{value: number}`` behind the boxes of a facet."""
    found = {name: rows for name, _head, rows in client.get(f"/market/{query}").context["facets"]}
    return {option.value: number for option, number, _ticked in found[facet]}


def test_a_visitor_sees_needs_and_offers_the_newest_first(client, lunch, offer):
    assert titles(client) == [OFFER, NEED]


@pytest.mark.parametrize(
    "state", ["draft", "paused", "expired", "filled", "withdrawn", "taken_down"]
)
def test_what_is_not_live_is_not_on_the_board(client, state, lekstede):
    by = make.organisation(state="applied") if state == "draft" else lekstede
    make.listing("need", by=by, state=state)
    assert titles(client) == []


def test_the_listings_of_a_suspended_organisation_are_gone(client, cleo):
    gone = make.organisation(state="active")
    make.offer(by=gone)
    make.organisations.suspend(gone, by=cleo, note="Not reachable.")
    assert titles(client) == []


def test_a_box_keeps_what_answers_to_it(client, lunch, offer):
    assert titles(client, "?kind=need") == [NEED]
    assert titles(client, "?by=enterprise") == [OFFER]
    assert titles(client, "?sector=catering&province=PV26&kind=offer") == [OFFER]
    assert titles(client, "?sector=green") == []


def test_two_boxes_of_one_facet_are_an_or(client, lunch, offer):
    assert len(titles(client, "?by=enterprise&by=municipality")) == 2


def test_what_the_address_does_not_know_is_left_aside(client, lunch):
    assert titles(client, "?sector=nonsense&kind=1&page=abc&by=%F0%9F%8D%9E") == [NEED]


def test_the_number_behind_a_box_leaves_its_own_facet_aside(client, lunch, offer):
    assert boxes(client, "kind", "?kind=need") == {"need": 1, "offer": 1}
    assert boxes(client, "by", "?kind=need") == {"municipality": 1}


def test_a_ticked_box_stays_though_nothing_stands_behind_it(client, lunch):
    assert boxes(client, "sector", "?sector=green") == {"catering": 1, "green": 0}


def test_one_of_the_words_is_enough(client, lunch, offer):
    assert titles(client, "?q=kitchen+bicycles") == [OFFER]


def test_words_are_found_in_dutch_and_in_english(client, lekstede):
    make.need(by=lekstede, title="Fietsen repareren")
    make.need(by=lekstede, title="Repairing bicycles with care")
    assert titles(client, "?q=fiets") == ["Fietsen repareren"]
    assert titles(client, "?q=bicycle") == ["Repairing bicycles with care"]


def test_a_word_is_found_in_a_dutch_compound(client, lekstede):
    make.need(by=lekstede, title="Vergaderlunches gezocht")
    assert titles(client, "?q=lunch") == ["Vergaderlunches gezocht"]


def test_a_typing_mistake_finds_what_comes_close_and_says_so(client, lekstede):
    make.need(by=lekstede, title="Catering voor de raad")
    page = client.get("/en/market/?q=cattering")
    assert titles(client, "?q=cattering") == ["Catering voor de raad"]
    assert "These titles come close" in page.content.decode()


def test_words_that_stand_outside_the_boxes_are_not_taken_for_a_typing_mistake(client, lunch):
    make.need(by=lunch.organisation, title="Lunc in the park", sector=make.sector("green"))
    page = client.get("/en/market/?q=lunch&sector=green")
    assert page.context["total"] == 0
    assert "These titles come close" not in page.content.decode()
    assert boxes(client, "sector", "?q=lunch&sector=green") == {"catering": 1, "green": 0}


def test_nothing_found_says_what_to_do(client, lunch):
    page = client.get("/en/market/?q=xyzzyplugh").content.decode()
    assert "Nothing on the market answers to this" in page


@pytest.mark.parametrize("words", ["<script>", "'; DROP", "a|b&!(", "\u202elunch", "&amp;", "%"])
def test_any_words_are_harmless(client, lunch, words):
    page = client.get("/market/", {"q": words})
    assert page.status_code == 200
    assert b"<script>&" not in page.content


def test_the_name_that_follows_later_is_not_on_the_board(client, lekstede):
    make.need(by=lekstede, title="Cake", ask_me_first=True)
    page = client.get("/market/").content.decode()
    assert "Cake" in page
    assert "Gemeente Lekstede" not in page


def test_no_contact_data_stand_on_the_board_or_the_page(client, lunch, noor):
    for url in ("/market/", lunch.get_absolute_url()):
        page = client.get(url).content.decode()
        assert noor.email not in page
        assert noor.name not in page


def test_the_second_page_goes_on_where_the_first_ended(client, lekstede):
    for number in range(21):
        make.need(by=lekstede, title=f"Need {number}")
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == ["Need 0"]
    assert titles(client, "?page=99") == ["Need 0"]


def test_text_in_another_language_says_which(client, offer):
    assert f'lang="en">{OFFER}' in client.get("/market/").content.decode()
    assert f'lang="en">{OFFER}' not in client.get("/en/market/").content.decode()


def test_where_words_stand_everywhere_the_boxes_say_at_least(client, lekstede, monkeypatch):
    monkeypatch.setattr("market.facets.MOST_COUNTED", 2)
    for number in range(3):
        make.need(by=lekstede, title=f"Lunch {number}")
    page = client.get("/market/?q=lunch&kind=need")
    assert page.context["at_least"]
    assert page.context["total"] == Listing.objects.count() == 3
    assert "2+" in page.content.decode()


def test_a_typing_error_in_a_kind_of_product_finds_its_listings(client, db):
    make.offer(title="Warm meals for your team", sector=make.sector("catering"))
    assert "Warm meals for your team" in client.get("/market/?q=catreing").content.decode()
    assert "Warm meals for your team" not in client.get("/market/?q=zzzzzzz").content.decode()
