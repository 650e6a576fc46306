"""The search over the whole site: who and what is found, in which order, for whom, at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from factory.templatetags import frame
from factory.told import search_sections
from market.models import Listing
from tests import contest, make
from tests.doors import sign_in

CANARY = "zonnewijzer"


def sections(client, words, home="/"):
    """``{key: section}`` of what the page shows."""
    page = client.get(f"{home}search/", {"q": words})
    assert page.status_code == 200
    return {section.key: section for section in page.context["sections"]}


def titles(client, words, key, home="/"):
    found = sections(client, words, home)
    return [hit.title for hit in found[key].hits] if key in found else []


def cost(client, words):
    client.get("/search/", {"q": words})
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", {"q": words})
    return len(captured)


def test_every_page_has_the_box_and_it_works_without_scripts(client, lunch):
    for address, home in (("/", "/"), ("/en/market/", "/en/"), ("/nowhere/", "/")):
        page = client.get(address).content.decode()
        assert f'action="{home}search/"' in page
        assert 'id="site-q"' in page


def test_the_menu_is_whole_though_the_first_page_was_in_english(client, db):
    for made_once in (frame._exists, frame._nav):
        made_once.cache_clear()
    for address in ("/en/about/", "/about/"):
        assert 'market/"' in client.get(address).content.decode().partition("<main")[0]


def test_partners_listings_challenges_and_pages_are_found(client, lekstede, broodnodig):
    make.need(by=lekstede, title="Catering for a hearing")
    challenge = contest.challenge("open", title="Catering without waste")
    found = sections(client, "catering")
    assert [hit.title for hit in found["market"].hits] == ["Catering for a hearing"]
    assert [hit.title for hit in found["challenges"].hits] == [challenge.title]
    assert titles(client, "broodnodig", "partners") == ["Broodnodig"]
    assert titles(client, "costs", "pages", "/en/") == ["What it costs"]


@pytest.mark.parametrize(
    ("typed", "key", "title"),
    [
        ("brodnodig", "partners", "Broodnodig"),
        ("caterring", "market", "Lunch for sixty people"),
        ("kitchn", "challenges", "Kitchen without waste"),
    ],
)
def test_typing_mistakes_are_forgiven(client, lunch, broodnodig, typed, key, title):
    contest.challenge("open", title="Kitchen without waste")
    assert title in titles(client, typed, key)


def test_what_comes_close_is_said_to_do_so(client, broodnodig):
    page = client.get("/en/search/", {"q": "brodnodig"}).content.decode()
    assert "Nothing holds “brodnodig”. This comes close." in page


def test_words_are_found_inside_a_compound_and_inflected(client, lekstede):
    make.need(by=lekstede, title="Vergaderlunches op dinsdag")
    assert titles(client, "lunches", "market") == ["Vergaderlunches op dinsdag"]
    assert titles(client, "vergaderlunch", "market") == ["Vergaderlunches op dinsdag"]


def test_our_pages_are_found_by_words_of_both_languages_with_the_title_of_the_readers(db):
    for language, title in (("nl", "Wat het kost"), ("en", "What it costs")):
        with translation.override(language):
            assert any(
                title in hit.title
                for word in ("kosten", "costs")
                for section in search_sections(word)
                for hit in section.hits
            )


def test_what_holds_more_of_the_words_comes_first(client, lekstede):
    make.need(by=lekstede, title="Window cleaning at school")
    make.need(by=lekstede, title="Cleaning of cars")
    found = titles(client, "window cleaning school", "market")
    assert found == ["Window cleaning at school", "Cleaning of cars"]


def test_what_a_list_shows_and_the_link_leads_to_are_the_same(client, lekstede):
    for n in range(7):
        make.need(by=lekstede, title=f"Lunch {n}")
    section = sections(client, "lunch")["market"]
    assert len(section.hits) == 5
    assert client.get(section.more[1]).context["total"] == section.total == 7


def test_nothing_found_helps_on(client, db):
    page = client.get("/en/search/", {"q": "qqxxyy"}).content.decode()
    assert "Nothing was found" in page
    assert 'href="/en/contact/"' in page


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "'", "%", "🙂", "x" * 5000, "to_tsquery('", "_ __"]
)
def test_whatever_is_typed_gives_a_page(client, db, typed):
    assert client.get("/search/", {"q": typed}).status_code == 200


def test_what_was_typed_stays_in_the_box_and_is_escaped(client, db):
    page = client.get("/search/", {"q": '<script>"x'}).content.decode()
    assert 'value="&lt;script&gt;&quot;x"' in page
    assert "<script>&quot;x" not in page


@pytest.mark.parametrize("state", ["paused", "withdrawn", "taken_down", "expired"])
def test_what_is_not_on_the_market_is_not_found(client, noor, cleo, lekstede, state):
    make.need(by=lekstede, title=f"{CANARY} wanted", state=state)
    for person in (None, noor, cleo):
        if person:
            sign_in(client, person)
        assert "market" not in sections(client, CANARY)


def test_all_that_is_found_passes_the_gate(client, dan, lekstede, broodnodig):
    make.need(by=lekstede, title=f"{CANARY} one")
    make.offer(by=broodnodig, title=f"{CANARY} two")
    client.force_login(dan)
    seen = {row.title for row in Listing.objects.visible_to(dan)}
    assert set(titles(client, CANARY, "market")) <= seen


def test_a_hidden_name_is_not_told(client, lekstede):
    make.need(by=lekstede, title="Quiet lunches", hides_name=True)
    (hit,) = sections(client, "quiet")["market"].hits
    assert "Lekstede" not in " ".join(map(str, hit.notes))
    assert titles(client, "lekstede", "market") == []


def test_a_challenge_that_is_not_public_and_what_was_sent_in_are_never_found(client, cleo):
    contest.challenge("shaping", title=f"{CANARY} drafted")
    opened = contest.challenge("open", title="Kitchen without waste")
    contest.entry(opened, title=f"{CANARY} plan")
    sign_in(client, cleo)
    assert sections(client, CANARY) == {}


def test_it_costs_the_same_few_queries_at_any_size(client, ada, lekstede):
    costs = {"lunch": set(), "caterring": set(), "qqxxyy": set()}
    for size in (1, 3, 50):
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        for words, found in costs.items():
            found.add(cost(client, words))
    assert all(len(found) == 1 and max(found) <= 8 for found in costs.values()), costs
    client.force_login(ada)
    assert cost(client, "lunch") <= 9  # one for who is signed in
