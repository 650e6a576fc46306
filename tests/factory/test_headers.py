"""The headers of every answer, scored as MDN's HTTP Observatory scores them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.doors import sign_in

SIX_MONTHS = 15_768_000
LOGIN = "/accounts/login/"


@pytest.fixture
def live(settings, db):
    """A client as browsers meet us in production: https, and cookies for https only."""
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return Client(raise_request_exception=False)


def policy(answer):
    """The Content-Security-Policy as a dict."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def score(answer):
    """The Observatory's points: 100, less for what is missing, more for what is strict (A+ from 100)."""
    csp = policy(answer)
    said = " ".join(" ".join(values) for values in csp.values())
    points = 100
    points += 10 if csp.get("default-src") == ["'none'"] and "unsafe" not in said else -20
    points += 5 if csp.get("frame-ancestors") == ["'none'"] else -20
    points += 5 if answer["Referrer-Policy"] in {"same-origin", "no-referrer"} else 0
    points += 0 if answer["X-Content-Type-Options"] == "nosniff" else -5
    points += 10 if answer["Cross-Origin-Resource-Policy"] == "same-origin" else 0
    age = re.match(r"max-age=(\d+)", answer.get("Strict-Transport-Security", ""))
    points += 0 if age and int(age[1]) >= SIX_MONTHS else -20
    points += -50 if answer.get("Access-Control-Allow-Origin") == "*" else 0
    cookies = answer.cookies.values()
    safe = all(c["secure"] and c["httponly"] and c["samesite"] for c in cookies)
    return points + ((5 if cookies else 0) if safe else -20)


def internet_nl(csp):
    """What internet.nl's test of the policy finds wrong; empty when nothing."""
    needed = {"default-src", "base-uri", "form-action", "frame-ancestors"} - set(csp)
    loose = {"https:", "http:", "data:", "*", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'"}
    return needed | {value for values in csp.values() for value in values if value in loose}


ANSWERS = {
    "page": ("get", "/", 200),
    "form": ("get", LOGIN, 200),
    "English": ("get", "/en/partners/", 200),
    "redirect": ("get", "/desk/", 302),
    "not there": ("get", "/nowhere/", 404),
    "bad address": ("get", "/?q=%00", 400),
    "robots": ("get", "/robots.txt", 200),
    "static file": ("get", "/static/dist/site.css", 200),
    "health": ("get", "/healthz", 200),
    "method": ("get", "/desk/me/data/", 405),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_scores_a_plus(live, name):
    how, address, status = ANSWERS[name]
    answer = getattr(live, how)(address, secure=True)
    assert (answer.status_code, score(answer) >= 115) == (status, True)
    assert internet_nl(policy(answer)) == set()


def test_a_page_that_is_not_for_somebody_scores_a_plus(live, dan):
    answer = sign_in(live, dan).get(reverse("admin:index"), secure=True)
    assert (answer.status_code, score(answer) >= 115) == (403, True)


def test_a_form_without_its_token_scores_a_plus(live):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(LOGIN, {}, secure=True)
    assert (answer.status_code, score(answer) >= 115) == (403, True)


def test_too_large_a_body_scores_a_plus(live):
    answer = live.post(LOGIN, {"login": "x" * 1_100_000}, secure=True)
    assert (answer.status_code, score(answer) >= 115) == (413, True)


def test_too_many_requests_score_a_plus(live):
    for _try in range(7):
        data = {"login": "a@mail.example", "password": make.PASSWORD}
        answer = live.post(LOGIN, data, secure=True)
    assert (answer.status_code, score(answer) >= 115) == (429, True)


def test_our_own_failure_scores_a_plus(live, monkeypatch):
    monkeypatch.setattr("factory.views.gather", lambda name: 1 / 0)
    answer = live.get("/", secure=True)
    assert (answer.status_code, score(answer) >= 115) == (500, True)


def test_an_unknown_host_gets_the_headers_too(live):
    answer = live.get("/", secure=True, HTTP_HOST="evil.example")
    assert (answer.status_code, score(answer) >= 115) == (400, True)


def test_the_admin_scores_a_plus(live, cleo):
    answer = sign_in(live, cleo).get(reverse("admin:index"), secure=True)
    assert (answer.status_code, score(answer) >= 115) == (200, True)


def test_cameras_and_the_like_are_off(live):
    said = live.get("/", secure=True)["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(said.split(", "))
