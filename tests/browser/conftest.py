"""A real Chromium on a real server: a page is only good if it reads, fits and says nothing odd."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

NARROW, WIDE = 320, 1280
AXE = Axe().axe_script
# Without preload: fetching the style sheets again itself, axe writes styles that our policy refuses.
# And only what is wrong leaves the browser: to tell all that is right took longer than to look.
FIND = """axe.run({preload: false, resultTypes: ["violations"]}).then(({violations}) =>
    violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(({html}) => html.slice(0, 120))]))"""
# What Chromium says of a font when a busy machine takes seconds to draw a page.
TOO_SLOW = "was preloaded using link preload but not used within a few seconds"


@pytest.fixture(scope="session")
def base_url():
    """No site of its own: every test has its own live server."""


@pytest.fixture(autouse=True)
def committed(transactional_db):
    """The server reads what the test wrote, so the test commits."""


@pytest.fixture
def console(page):
    """Everything the browser complained about, the content security policy included."""
    said = []
    page.on("console", lambda message: TOO_SLOW in message.text or said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    return said


@pytest.fixture
def visit(page, live_server, console):
    """``visit("/market/")`` opens a page and holds it good at both widths; leaves it wide."""

    def visit(path, status=200, widths=(NARROW, WIDE)):
        console.clear()
        page.set_viewport_size({"width": widths[0], "height": 900})
        response = page.goto(live_server.url + path)
        assert response.status == status, f"{path} answers {response.status}"
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            good(page, console if status < 400 else [])
        return page

    return visit


@pytest.fixture
def enter(page, live_server):
    """``enter(ada)``: the browser is signed in as Ada. Give a client that is already signed in for staff."""

    def enter(somebody):
        client = somebody
        if not isinstance(somebody, Client):
            client = Client()
            client.force_login(somebody)
        page.context.add_cookies([
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ])  # fmt: skip
        return page

    return enter


def good(page, console):
    """The page as it stands: silent, no wider than the screen, and without a barrier that axe finds."""
    assert console == [], f"{page.url} says {console}"
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url} is {over} px too wide: {too_wide(page)}"
    assert barriers(page) == [], page.url


def too_wide(page):
    """The elements that stick out, for the message."""
    return page.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(e => e.tagName + '.' + e.className)"
    )


def barriers(page):
    """What axe finds, short enough to read."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(FIND)
