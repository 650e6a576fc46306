"""Passkeys in a real Chromium, with an authenticator that the browser itself plays: made, used, refused."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import make
from tests.browser.conftest import good

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LANGUAGES = pytest.mark.parametrize("language", ["", "/en"])


@pytest.fixture
def phone(page):
    """The person's own phone: makes passkeys and remembers them. ``phone(ok=False)``: it is not them."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    def phone(*, ok):
        facts = {"authenticatorId": made["authenticatorId"], "isUserVerified": ok}
        cdp.send("WebAuthn.setUserVerified", facts)

    return phone


@pytest.fixture
def at(page, live_server, language):
    """Open a page in the language of the test."""
    return lambda path: page.goto(f"{live_server.url}{language}{path}")


def with_password(page, at, person):
    at("/accounts/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", make.PASSWORD)
    page.click("main form:has([name=password]) button")
    page.wait_for_url(lambda address: "/login/" not in address)


def sign_out(page, at):
    at("/accounts/logout/")
    page.click("main button")
    page.wait_for_url(lambda address: "/logout/" not in address)


def add_passkey(page, at, console):
    """The password once more, a name, and then the spare codes that come with the first passkey."""
    at("/accounts/2fa/webauthn/add/")
    good(page, console)
    page.fill("[name=password]", make.PASSWORD)
    page.click("main form:has([name=password]) button")
    page.wait_for_url("**/webauthn/add/")
    good(page, console)
    page.fill("[name=name]", "Telefoon")
    if box := page.query_selector("[name=passwordless]"):
        box.check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    good(page, console)


def with_passkey(page, at):
    at("/accounts/login/")
    page.click("#passkey_login")


@LANGUAGES
def test_a_passkey_is_made_and_opens_the_account(page, console, phone, at, language):
    ada = make.person("Ada Owner")
    with_password(page, at, ada)
    add_passkey(page, at, console)
    at("/accounts/2fa/webauthn/")
    good(page, console)
    expect(page.locator("main")).to_contain_text("Telefoon")
    sign_out(page, at)
    with_passkey(page, at)
    page.wait_for_url("**/desk/")
    assert Authenticator.objects.filter(user=ada, type="webauthn").count() == 1


@LANGUAGES
def test_a_coordinator_uses_it_as_the_second_step_and_has_spare_codes(
    page, console, phone, at, language
):
    cleo = make.coordinator("Cleo Coordinator")
    with_password(page, at, cleo)
    page.wait_for_url("**/accounts/2fa/")
    good(page, console)
    add_passkey(page, at, console)
    codes = Authenticator.objects.get(user=cleo, type="recovery_codes").wrap().get_unused_codes()
    expect(page.locator("main")).to_contain_text(codes[0])
    sign_out(page, at)
    with_password(page, at, cleo)
    page.wait_for_url("**/2fa/authenticate/")
    good(page, console)
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/desk/")
    sign_out(page, at)
    with_password(page, at, cleo)
    page.fill("[name=code]", codes[0])
    page.click("main form:has([name=code]) button >> nth=0")
    page.wait_for_url("**/desk/")


@LANGUAGES
def test_who_is_not_recognised_reads_what_to_do(page, console, phone, at, language):
    ada = make.person("Ada Owner")
    with_password(page, at, ada)
    add_passkey(page, at, console)
    sign_out(page, at)
    phone(ok=False)
    with_passkey(page, at)
    expect(page.locator("[data-passkey-trouble]")).to_be_visible()
    good(page, console)
    phone(ok=True)
    page.click("#passkey_login")
    page.wait_for_url("**/desk/")
