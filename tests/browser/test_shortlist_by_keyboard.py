"""A coordinator goes through the needs of the morning without touching the mouse."""

import pytest
from django.urls import reverse

from market.models import Match
from partners.models import Region
from tests import make
from tests.staff import at_the_desk

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def needs(transactional_db, cleo, lekstede):
    """Two needs in Cleo's province, each with somebody who can meet it."""
    Region.objects.get(code="PV26").coordinators.add(cleo)
    return [make.match("suggested", need=make.need(by=lekstede)).need for _number in range(2)]


def shortlist(need):
    return "/en" + reverse("admin:market_listing_shortlist", args=[need.pk]).removeprefix("/nl")


def press(page, key):
    """An access key: Chromium acts on the character, which ``keyboard.press`` leaves out beside Alt."""
    said = {
        "modifiers": 1,
        "key": key,
        "code": f"Key{key.upper()}",
        "text": key,
        "unmodifiedText": key,
    }
    devtools = page.context.new_cdp_session(page)
    with page.expect_navigation():
        for kind in ("rawKeyDown", "char", "keyUp"):
            said |= {"type": kind, "windowsVirtualKeyCode": ord(key.upper())}
            devtools.send("Input.dispatchKeyEvent", said)


def test_she_approves_goes_to_the_next_need_and_approves_again(
    needs, cleo, enter, page, live_server
):
    enter(at_the_desk(cleo))
    page.goto(live_server.url + shortlist(needs[0]))
    press(page, "a")
    assert Match.objects.get(need=needs[0]).state == "approved"
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.endswith(shortlist(needs[1]))
    press(page, "n")
    assert page.url.endswith(shortlist(needs[1]))
    press(page, "a")
    assert not Match.objects.filter(state="suggested").exists()
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the last one: back to the list of the morning
    assert page.url.endswith("/en" + reverse("admin:index").removeprefix("/nl"))
