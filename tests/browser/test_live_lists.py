"""The live lists when answers are slow and people are quick: the last deed counts, for list and address alike."""

import re

import pytest
from playwright.sync_api import expect

from tests import make

SETTLED = 700  # milliseconds: longer than a list waits before it asks


@pytest.fixture
def held(page):
    """The requests that hold a word: kept back until the test lets them go."""
    kept = []
    page.route(re.compile(r"[?&]q=\w"), lambda route: kept.append(route))
    return kept


def let_go(page, held):
    """The slow answers arrive after all."""
    for route in held:
        route.continue_()
    page.wait_for_timeout(SETTLED)


def reads(page, title):
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize(
    ("path", "order", "sort"),
    [("/en/market/", "Nearest first", "near"), ("/en/partners/", "Newest first", "new")],
)
def test_a_late_answer_changes_neither_the_list_nor_the_address(
    visit, held, lunch, path, order, sort
):
    page = visit(f"{path}?place=Nieuwegein", widths=(1280,))
    page.locator("#q").fill("elders")
    with page.expect_request(re.compile("q=elders")):
        page.keyboard.press("Enter")
    page.get_by_role("link", name=order).click()
    expect(page).to_have_url(re.compile(f"sort={sort}"))
    let_go(page, held)
    expect(page).to_have_url(re.compile(rf"\?place=Nieuwegein&sort={sort}$"))
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#count")).to_have_text(re.compile("^1 "))


def test_a_late_answer_of_a_link_does_not_undo_a_box(visit, page, lunch, broodnodig):
    make.offer(by=broodnodig)
    kept = []
    page.route(re.compile("sort=near"), lambda route: kept.append(route))
    page = visit("/en/market/?place=Nieuwegein", widths=(1280,))
    with page.expect_request(re.compile("sort=near")):
        page.get_by_role("link", name="Nearest first").click()
    page.get_by_role("checkbox", name="Needs").check()
    expect(page).to_have_url(re.compile("kind=need"))
    let_go(page, kept)
    expect(page).to_have_url(re.compile(r"\?place=Nieuwegein&kind=need$"))
    reads(page, "1 need")


def test_what_was_typed_before_a_link_is_not_asked_after_it(visit, held, lunch):
    page = visit("/en/partners/?place=Nieuwegein", widths=(1280,))
    page.locator("#q").fill("elders")
    page.get_by_role("link", name="Newest first").click()
    expect(page).to_have_url(re.compile("sort=new"))
    page.wait_for_timeout(SETTLED)
    let_go(page, held)
    expect(page).to_have_url(re.compile(r"\?place=Nieuwegein&sort=new$"))


def test_letters_still_search_after_a_link_made_the_field_anew(visit, lunch):
    page = visit("/en/partners/?place=Nieuwegein", widths=(1280,))
    page.get_by_role("link", name="Newest first").click()
    expect(page).to_have_url(re.compile("sort=new"))
    page.locator("#q").press_sequentially("lekstede")
    expect(page).to_have_url(re.compile("q=lekstede"))


def test_a_slow_press_on_a_link_is_not_lost_to_the_word_before_it(visit, lunch):
    page = visit("/en/market/?place=Nieuwegein", widths=(1280,))
    page.locator("#q").fill("lunch")
    page.get_by_role("link", name="Nearest first").hover()
    page.mouse.down()
    page.wait_for_timeout(SETTLED)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?place=Nieuwegein&sort=near$"))


def test_a_press_that_ends_elsewhere_still_asks_for_the_word(visit, lunch):
    page = visit("/en/market/?place=Nieuwegein", widths=(1280,))
    page.locator("#q").fill("lunch")
    page.get_by_role("link", name="Nearest first").hover()
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("q=lunch"))


def test_an_answer_under_way_does_not_follow_one_back(visit, held, lunch):
    page = visit("/en/market/", widths=(1280,))
    page.get_by_role("checkbox", name="Needs").check()
    expect(page).to_have_url(re.compile("kind=need"))
    page.locator("#q").fill("elders")
    with page.expect_request(re.compile("q=elders")):
        page.keyboard.press("Enter")
    page.go_back()
    expect(page.get_by_role("checkbox", name="Needs")).not_to_be_checked()
    let_go(page, held)
    expect(page).to_have_url(re.compile("/en/market/$"))
