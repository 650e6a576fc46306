"""The search box in the head of every page, by keyboard alone."""

from playwright.sync_api import expect


def test_a_slash_leads_to_the_box_until_one_switches_that_off(page, live_server, lunch):
    page.goto(f"{live_server.url}/en/about/")
    page.keyboard.press("/")
    expect(page.locator("#site-q")).to_be_focused()
    page.keyboard.type("lunch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=lunch.title)).to_be_visible()
    page.get_by_label("The key / brings me to the search box").uncheck()
    page.goto(f"{live_server.url}/en/about/")
    page.keyboard.press("/")
    expect(page.locator("#site-q")).not_to_be_focused()
