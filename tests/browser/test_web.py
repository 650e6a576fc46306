"""The pages about ourselves in a real browser: both widths, by keyboard, without scripts."""

import pytest

from factory.views import TOLD

PAGES = ["/", *(f"/{page}/" for page in TOLD), "/challenges/", "/en/", "/en/how-we-count/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_silent_fits_and_has_no_barrier(visit, path):
    visit(path)


def test_an_unknown_page_is_good_too(visit):
    visit("/there-is-nothing-here/", status=404)


def test_the_keyboard_comes_first_to_the_content(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_switch_keeps_the_page(visit):
    page = visit("/costs/")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/costs/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_page_reads_without_scripts(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/en/")
    assert page.get_by_role("heading", level=1).is_visible()
    page.get_by_role("link", name="Look at the market").click()
    assert page.url.endswith("/en/market/")
    context.close()


def test_the_shapes_stay_readable_in_forced_colours(visit):
    page = visit("/")
    page.emulate_media(forced_colors="active")
    side = "getComputedStyle(document.querySelector('.meet__a'), '::before').borderTopStyle"
    assert page.evaluate(side) == "solid"
