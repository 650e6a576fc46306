"""Posting in a minute on a phone, a form that keeps itself, and the caterer's phone, in a real browser."""

import pytest
from playwright.sync_api import expect

from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from market.lifecycle import match as matches
from market.models import Draft, Listing, Match
from tests import make

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(page):
    """A page as wide as a small phone; ``taps`` counts what a thumb does."""
    page.set_viewport_size(PHONE)
    page.taps = 0

    def tap(what):
        page.taps += 1
        what.click()

    page.tap_on = tap
    return page


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_need_is_posted_from_a_phone_with_one_line_and_one_press(
    phone, enter, live_server, noor, lekstede
):
    enter(noor)
    phone.goto(f"{live_server.url}/en/market/new/need/")
    fits(phone)
    expect(phone.get_by_label("Where?")).to_have_value(str(lekstede.region_id))
    phone.tap_on(phone.get_by_label("What do you need?"))
    phone.keyboard.type("Lunch for twelve")
    phone.tap_on(phone.get_by_role("button", name="Put it on the market"))
    expect(phone.get_by_role("heading", name="Lunch for twelve")).to_be_visible()
    expect(phone.get_by_text("Still worth telling")).to_be_visible()
    fits(phone)
    assert phone.taps == 2
    assert Listing.objects.get().state == "live"


def test_a_form_keeps_itself_when_a_field_is_left(
    phone, enter, console, live_server, noor, lekstede
):
    enter(noor)
    phone.goto(f"{live_server.url}/en/market/new/need/")
    phone.get_by_label("What do you need?").fill("Lunch for twelve")
    phone.get_by_label("Tell a little more").click()
    expect(phone.get_by_text("You can stop here and go on later")).to_be_visible(timeout=15_000)
    draft = Draft.objects.get()
    assert draft.typed["title"] == "Lunch for twelve"
    expect(phone).to_have_url(f"{live_server.url}/en/market/drafts/{draft.pk}/")
    phone.reload()
    expect(phone.get_by_label("What do you need?")).to_have_value("Lunch for twelve")
    phone.get_by_role("button", name="Put it on the market").click()
    expect(phone.get_by_role("heading", name="Lunch for twelve")).to_be_visible()
    assert (Listing.objects.count(), Draft.objects.count()) == (1, 0)
    assert console == []


def test_words_are_still_there_after_signing_in_again(phone, enter, live_server, noor, lekstede):
    enter(noor)
    phone.goto(f"{live_server.url}/en/market/new/need/")
    phone.get_by_label("What do you need?").type("Lunch for twelve")
    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name="Put it on the market").click()
    expect(phone.get_by_role("button", name="Sign in", exact=True).first).to_be_visible()
    phone.get_by_label("Email").fill(noor.email)
    phone.get_by_label("Password").fill(make.PASSWORD)
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("What do you need?")).to_have_value("Lunch for twelve")


def test_the_caterers_phone_needs_four_taps_from_mail_to_counted_amount(
    phone, live_server, settings, cleo, ada, noor, lunch, broodnodig
):
    settings.TAKE_BACK_SECONDS = 0
    match = make.match("approved", need=lunch, supplier=broodnodig)

    def open_mail(verb, move):
        """A tap on the button in the mail."""
        notice = Notice.objects.mail().get(recipient=ada, event__verb=verb)
        address = answer_url(notice, thing_of(notice.event), move)
        phone.taps += 1
        phone.goto(live_server.url + address[address.index("/a/") :])
        fits(phone)

    open_mail("match.approve", "accept")
    phone.tap_on(phone.locator("main form button").first)
    expect(phone.get_by_text(noor.email)).to_be_visible()
    fits(phone)
    matches.confirm(Match.objects.get(pk=match.pk), by=noor, cents=960_000)
    open_mail("match.confirm", "confirm")
    phone.tap_on(phone.locator("main form button").first)
    expect(phone.locator("h1")).to_be_visible()
    assert Match.objects.get(pk=match.pk).state == Match.State.COMPLETED
    assert phone.taps == 4


def test_the_form_and_a_draft_are_good_at_both_widths_with_both_texts(visit, enter, noor, lekstede):
    enter(noor)
    draft = make.draft(by=lekstede, title="Lunch", text="Soup")
    for path in (f"/market/drafts/{draft.pk}/", f"/en/market/drafts/{draft.pk}/"):
        page = visit(path)
    Draft.objects.filter(pk=draft.pk).update(version=5, typed={"title": "Dinner", "text": "Soup"})
    page.get_by_role("button", name="Save and come back").click()
    expect(page.locator(".error-summary")).to_contain_text("Dinner")
    expect(page.locator(".error-summary")).to_be_focused()
