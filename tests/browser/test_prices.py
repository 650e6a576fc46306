"""Three prices in a real browser: compared, chosen from by keyboard, and written down for the file."""

import pytest
from playwright.sync_api import expect

from market.models import Match
from tests import make


@pytest.fixture
def opened(lunch, broodnodig):
    """Three prices, and the closing time has passed."""
    make.asks_prices(lunch, closed=True)
    first = make.quote(lunch, 880_000, broodnodig, closed=True, text="With coffee")
    return [first, *(make.quote(lunch, cents, closed=True) for cents in (900_000, 950_000))]


@pytest.mark.timeout(300)
def test_the_buyer_compares_chooses_by_keyboard_and_reads_the_note(
    visit, enter, noor, opened, lunch
):
    enter(noor)
    page = visit(f"/en/market/{lunch.slug}/prices/")
    expect(page.get_by_role("heading", name="Broodnodig")).to_be_visible()
    page.get_by_role("link", name="Choose this price").first.click()
    page.get_by_label("it fits best what is asked").focus()
    page.keyboard.press("Space")
    for match in opened[1:]:
        page.get_by_label(f"Why not {match.organisation.name}?").select_option("price")
    page.get_by_role("button", name="Choose this price").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Agreed on €")).to_be_visible()
    assert Match.objects.get(pk=opened[0].pk).state == "agreed"
    page = visit(f"/en/market/{lunch.slug}/file-note/")
    expect(page.get_by_role("heading", name="Note for the file")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Save as PDF")).to_be_hidden()
    page.emulate_media(media="screen")


@pytest.mark.timeout(300)
def test_what_a_supplier_works_with(visit, enter, ada, lunch, broodnodig):
    make.asks_prices(lunch)
    match = make.match("approved", need=lunch, supplier=broodnodig)
    enter(ada)
    page = visit(f"{match.get_absolute_url()}quote/")
    page.locator("#id_cents").fill("8800")
    page.keyboard.press("Enter")
    page.wait_for_url(
        f"**{match.get_absolute_url()}"
    )  # going on at once would break off the sending
    visit(match.get_absolute_url())
    assert match.quotes.standing().get().cents == 880_000
