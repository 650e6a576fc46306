"""Too many in a row are refused with 429, and neither Redis nor a made-up address helps against it."""

import time

import pytest
from allauth.core.internal import ratelimit
from django.test import Client
from django.urls import reverse

from factory import limits
from tests import make
from tests.doors import give_app, sign_in

WRONG = {"login": "nobody@mail.example", "password": "not the password"}


def until_refused(post, most=40):
    """Post until refused; how often it was let through, and the refusal."""
    for passed in range(most):
        answer = post()
        if answer.status_code == 429:
            return passed, answer
    raise AssertionError(f"{most} posts went through")


def test_signing_in_with_wrong_passwords_ends(client, db):
    passed, answer = until_refused(lambda: client.post(reverse("account_login"), WRONG))
    assert passed == 5
    assert int(answer["Retry-After"]) > 0


def test_a_known_address_is_refused_as_an_unknown_one(client, dan):
    data = WRONG | {"login": dan.email}
    assert until_refused(lambda: client.post(reverse("account_login"), data))[0] == 5


def test_made_up_addresses_of_proxies_do_not_help(client, db):
    addresses = iter(f"10.0.0.{n}" for n in range(99))

    def post():
        data = WRONG | {"login": next(addresses) + "@mail.example"}
        return client.post(reverse("account_login"), data, HTTP_X_FORWARDED_FOR=next(addresses))

    assert until_refused(post)[0] == 10


def test_behind_our_proxy_the_last_address_counts(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
    assert ratelimit.get_ip(request) == "203.0.113.9"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_signup", {"email": "x"}),
        ("account_reset_password", {"email": "dan@mail.example"}),
        ("account_request_login_code", {"email": "dan@mail.example"}),
    ],
)
def test_forms_of_visitors_have_an_end(db, name, data):
    assert until_refused(lambda: Client().post(reverse(name), data))[0] <= 20


def test_guessing_codes_has_an_end(client, dan):
    give_app(dan)
    client.post(reverse("account_login"), {"login": dan.email, "password": make.PASSWORD})
    passed, _answer = until_refused(
        lambda: client.post(reverse("mfa_authenticate"), {"code": "000000"})
    )
    assert passed <= 5


def test_posting_has_an_end(client, dan, monkeypatch):
    monkeypatch.setitem(limits.RATES, "person", "3/m/user")
    sign_in(client, dan)
    passed, answer = until_refused(lambda: client.post(reverse("me"), {}))
    assert (passed, answer["Retry-After"]) == (3, "60")


def test_one_person_posting_much_does_not_stop_another(client, dan, noor, monkeypatch):
    monkeypatch.setitem(limits.RATES, "person", "1/m/user")
    until_refused(lambda: sign_in(client, dan).post(reverse("me"), {}))
    assert sign_in(client, noor).post(reverse("me"), {}).status_code == 422


def test_looking_is_not_counted(client, dan, monkeypatch):
    monkeypatch.setitem(limits.RATES, "person", "1/m/user")
    sign_in(client, dan)
    assert {client.get(reverse("me")).status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("name", limits.PACE)
def test_who_is_refused_keeps_no_thread_waiting(db, name, monkeypatch):
    monkeypatch.setattr("factory.limits.PACE", dict.fromkeys(limits.PACE, 5))
    began = time.monotonic()
    assert Client(enforce_csrf_checks=True).post(reverse(name), WRONG).status_code == 403
    assert time.monotonic() - began < 3
