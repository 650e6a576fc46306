"""The market in a real browser: quiet, fitting, without barriers; live with scripts and whole without."""

import re

import pytest
from playwright.sync_api import expect

from tests import make

REASONS = [{"code": "same_province", "name": "Utrecht", "km": 9}, {"code": "far", "km": 90}]


@pytest.fixture
def offer(broodnodig):
    """An offer beside the need."""
    return make.offer(by=broodnodig, title="Lunches from a kitchen", text="Every weekday.")


def test_what_a_visitor_reads_on_the_market(visit, lunch, offer):
    for path in ("/market/", "/market/?q=nothing-like-it", lunch.get_absolute_url(), "/impact/"):
        visit(path)
    visit(f"{lunch.get_absolute_url()}report/")
    visit("/impact/?on=nonsense", status=422)


def test_what_a_buyer_works_with(visit, enter, noor, lunch, broodnodig):
    match = make.match("introduced", need=lunch, supplier=broodnodig, reasons=REASONS)
    make.need(by=lunch.organisation, state="taken_down")
    enter(noor)
    urls = ["/desk/", "/market/new/need/", lunch.get_absolute_url(), match.get_absolute_url()]
    urls += [f"{lunch.get_absolute_url()}{move}/" for move in ("revise", "withdraw")]
    urls += [f"{match.get_absolute_url()}{move}/" for move in ("confirm", "decline", "agree")]
    for path in urls:
        visit(path)


def test_what_a_supplier_works_with(visit, enter, ada, lunch, broodnodig, offer):
    match = make.match("approved", need=lunch, supplier=broodnodig, offer=offer, reasons=REASONS)
    enter(ada)
    for path in (
        "/desk/",
        "/market/new/offer/",
        offer.get_absolute_url(),
        match.get_absolute_url(),
    ):
        visit(path)


def test_a_box_changes_the_list_at_once_and_the_address_with_it(visit, lunch, offer):
    page = visit("/en/market/")
    box = page.get_by_role("checkbox", name="Offers")
    box.check()
    expect(page.get_by_role("heading", name="1 offer")).to_be_visible()
    expect(page).to_have_url(re.compile("kind=offer"))
    expect(box).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="2 needs and offers")).to_be_visible()


def test_a_place_an_order_and_a_chosen_filter_change_the_list_at_once(visit, lunch, offer):
    page = visit("/en/market/")
    page.get_by_label("Where?").fill("Nieuwegein")
    page.get_by_label("How far").select_option("0")
    expect(page.get_by_role("heading", name="1 need or offer")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/en/market/\?place=Nieuwegein&km=0$"))
    page.get_by_role("link", name="Nearest first").click()
    expect(page).to_have_url(re.compile("sort=near"))
    page.get_by_role("link", name="In Nieuwegein").click()
    expect(page.get_by_role("heading", name="2 needs and offers")).to_be_visible()
    expect(page.get_by_label("Where?")).to_have_value("")
    expect(page.locator("#count")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("2 needs and offers")


def test_a_tile_of_the_map_is_pressed_by_keyboard_and_keeps_the_focus(visit, broodnodig, lekstede):
    page = visit("/en/partners/")
    page.locator("#tile-PV26").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("province=PV26"))
    expect(page.locator("#tile-PV26")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Utrecht").first).to_be_checked()


def test_one_press_keeps_a_need_live_and_without_scripts(
    visit, enter, browser, live_server, ada, lunch
):
    page = enter(ada)
    visit("/en/market/")
    page.get_by_role("button", name="Keep Lunch for sixty people").click()
    expect(page.get_by_role("button", name="Kept Lunch for sixty people")).to_be_visible()
    assert page.url.endswith("/en/market/")
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/en/market/")
    page.get_by_role("button", name="Kept Lunch for sixty people").click()
    expect(page.get_by_role("button", name="Keep Lunch for sixty people")).to_be_visible()
    plain.close()


def test_the_board_works_without_scripts(browser, live_server, lunch, offer):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = page.new_page()
    page.goto(f"{live_server.url}/en/market/")
    page.get_by_role("checkbox", name="Needs").check()
    page.get_by_role("button", name="Show results").click()
    assert page.get_by_role("heading", name="1 need").is_visible()
    page.context.close()


def test_a_need_is_posted_from_a_phone_by_keyboard(visit, enter, noor, lekstede):
    enter(noor)
    page = visit("/en/market/new/need/", widths=(390,))
    page.get_by_label("What do you need?").focus()
    page.keyboard.type("Lunch for twelve")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Lunch for twelve")).to_be_visible()


def test_a_form_that_is_not_right_takes_one_to_the_summary(visit, enter, noor, lekstede):
    enter(noor)
    page = visit("/en/market/new/need/", widths=(1280,))
    page.get_by_role("button", name="Put it on the market").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.get_by_label("What do you need?")).to_be_focused()
