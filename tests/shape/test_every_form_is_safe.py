"""Whatever somebody types into a form: never our failure, nothing lost, and every mistake named."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import make
from tests.doors import sign_in

GARBAGE = {
    "nothing": "",
    "script": "<script>window.__x=1</script>\"'><img src=x onerror=alert(1)>",
    "emoji": "🙂🏳️‍🌈 naïve",
    "right to left": "\u202eשלום عمر\u2066",
    "control": "a\x07b\x1bc",
    "long": "x" * 20_000,
    "negative": "-1",
    "zero": "0",
    "billions": "9999999999999",
    "past": "1901-01-01",
    "no date": "31-02-2028",
    "template": "{{ 7*7 }} {% debug %} ${7*7} %s %(x)s",
}
FORMS = {
    "account_login": ("visitor", []),
    "account_signup": ("visitor", []),
    "account_reset_password": ("visitor", []),
    "account_request_login_code": ("visitor", []),
    "account_email": ("ada", []),
    "account_change_password": ("ada", []),
    "account_reauthenticate": ("ada", []),
    "mfa_activate_totp": ("ada", []),
    "mfa_add_webauthn": ("ada", []),
    "mfa_login_webauthn": ("visitor", []),
    "me": ("ada", []),
    "agree": ("ada", []),
    "me_close": ("ada", []),
    "preferences": ("ada", []),
    "partners:apply": ("ada", []),
    "partners:move": ("ada", ["broodnodig", "revise"]),
    "market:post": ("noor", ["need"]),
    "market:move": ("noor", ["lunch", "revise"]),
    "market:report": ("ada", ["lunch"]),
    "market:match_move": ("noor", ["match", "agree"]),
}


@pytest.fixture
def browser_of(db, ada, noor, broodnodig, lekstede, lunch, settings):
    """``browser_of(name)``: a client for the form, and its address."""
    settings.ACCOUNT_RATE_LIMITS = False
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    things = {"broodnodig": broodnodig.slug, "lunch": lunch.slug, "match": match.pk}

    def opened(name):
        who, args = FORMS[name]
        client = Client(raise_request_exception=False)
        if who != "visitor":
            sign_in(client, {"ada": ada, "noor": noor}[who])
        return client, reverse(name, args=[things.get(arg, arg) for arg in args])

    return opened


def fields(client, address):
    """The fields of the page's forms: hidden ones by their value, those that people fill in by None."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = page.select("main form[method=post] [name]")
    ours = [f for f in found if f["name"] not in {"csrfmiddlewaretoken", "token", "next"}]
    return {f["name"]: f.get("value", "") if f.get("type") == "hidden" else None for f in ours}


def filled(client, address, text):
    """The form with ``text`` in every field that people see."""
    known = fields(client, address)
    return {name: text if value is None else value for name, value in known.items()}


def named(page):
    """The error summary: its links, each to something that is there."""
    box = page.find(attrs={"role": "alert"})
    assert box, "no summary of what is wrong"
    for link in box.select("a[href^='#']"):
        assert page.find(id=link["href"][1:]), (
            f"the summary points at {link['href']}, which is not there"
        )


@pytest.mark.parametrize("name", FORMS)
def test_no_input_is_a_failure_of_ours(browser_of, name):
    client, address = browser_of(name)
    known = fields(client, address)
    for kind, text in GARBAGE.items():
        answer = client.post(address, dict.fromkeys(known, text))
        assert answer.status_code < 500, (kind, answer.status_code)
        if answer.status_code in {200, 422} and b"<form" in answer.content:
            assert b"<script>window" not in answer.content, kind


@pytest.mark.parametrize("name", FORMS)
def test_nul_is_refused_in_words(browser_of, name):
    client, address = browser_of(name)
    known = fields(client, address) or {"credential": "hidden"}
    assert client.post(address, dict.fromkeys(known, "a\x00b")).status_code == 400


WITH_TEXT = [
    name for name in FORMS if name not in {"mfa_login_webauthn", "preferences", "agree", "me_close"}
]


@pytest.mark.parametrize("name", WITH_TEXT)
def test_what_was_typed_is_kept_and_every_mistake_is_named(browser_of, name):
    client, address = browser_of(name)
    typed = filled(client, address, "wrong & kept")
    answer = client.post(address, typed)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code in {200, 422}
    named(page)
    boxes = page.select("main input[name]:not([disabled]), main textarea[name]:not([disabled])")
    # A hidden box is for password managers: nobody types in it, and nothing reads it.
    kept = [f for f in boxes if f["name"] in typed and not f.has_attr("hidden")]
    texts = [f for f in kept if f.get("type", "text") in {"text", "email", "tel", "url"}]
    for field in texts:
        assert "wrong & kept" in (field.get("value") or field.get_text()), field["name"]


@pytest.mark.parametrize("name", WITH_TEXT)
def test_the_title_says_that_something_is_wrong(browser_of, name):
    client, address = browser_of(name)
    page = BeautifulSoup(client.post(address, filled(client, address, "")).content, "html.parser")
    if page.find(attrs={"role": "alert"}):
        assert page.title.string.startswith(("Error", "Fout"))
