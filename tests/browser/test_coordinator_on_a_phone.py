"""The coordinator's Monday on a phone of 360 px: approve, introduce, note, add a need, call."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factory import clock
from factory.coordination.models import Note
from market.lifecycle import match as matches
from market.models import Listing, Match
from partners.models import Region
from tests.staff import at_the_desk

pytestmark = pytest.mark.timeout(300)
PHONE = {"width": 360, "height": 740}
DESK = "/en" + reverse("admin:index").removeprefix("/nl")


@pytest.fixture
def cleos(page, live_server, enter, cleo, noor):
    """Cleo's phone, signed in, on the call list of her own province."""
    Region.objects.get(code="PV26").coordinators.add(cleo)
    type(noor).objects.filter(pk=noor.pk).update(phone="030 555 77 66")
    enter(at_the_desk(cleo))
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + DESK)
    return page


def fits(page):
    """No wider than the phone, and what is pressed can be hit with a thumb."""
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url} is {over} px too wide"
    found = "[...document.querySelectorAll('#content .button, #content [type=submit], #content a[href^=tel]')]"
    heights = f"{found}.map(e => e.getBoundingClientRect()).filter(r => r.width && r.height < 24)"
    assert page.evaluate(f"{heights}.length") == 0, page.url


def press(page, name):
    fits(page)
    with page.expect_navigation():
        page.locator("#content").get_by_role("button", name=name).first.click()


def follow(page, name):
    fits(page)
    with page.expect_navigation():
        page.locator("#content").get_by_role("link", name=name).first.click()


def send(page):
    """The button under a form."""
    fits(page)
    with page.expect_navigation():
        page.locator("#content .submit-row input").first.click()


@pytest.fixture
def silent(match, cleo):
    """Asked a week ago, and no answer came."""
    matches.approve(match, by=cleo)
    Match.objects.filter(pk=match.pk).update(call_at=clock.now() - timedelta(days=2))
    return match


def test_she_calls_notes_a_yes_and_the_two_are_introduced(silent, ada, cleos):
    calls = cleos.locator("#content a[href^='tel:']")
    assert calls.count() >= 1
    follow(cleos, "They told me")
    fits(cleos)
    follow(cleos, "Yes, introduce us")
    send(cleos)
    silent.refresh_from_db()
    assert silent.state == "introduced"
    fits(cleos)


def test_she_notes_that_nobody_answered(silent, cleos):
    follow(cleos, "Note")
    cleos.get_by_label("What do your colleagues need to know?").fill("In a meeting")
    send(cleos)
    cleos.wait_for_url(f"**{DESK}")
    assert Note.objects.get().text == "In a meeting"


def test_she_approves_from_the_shortlist(match, cleos, live_server):
    where = reverse("admin:market_listing_shortlist", args=[match.need_id])
    cleos.goto(f"{live_server.url}/en{where.removeprefix('/nl')}")
    press(cleos, "Approve what is ticked")
    match.refresh_from_db()
    assert match.state == "approved"
    fits(cleos)


def test_she_adds_a_need_that_somebody_tells(noor, lekstede, cleos):
    follow(cleos, "Enter a need")
    cleos.get_by_label("Name of the person or the organisation").fill("Noor")
    press(cleos, "Search")
    follow(cleos, "A need")
    cleos.get_by_label("What do you need?").fill("Lunch for forty")
    send(cleos)
    assert Listing.objects.get(title="Lunch for forty").contact == noor
