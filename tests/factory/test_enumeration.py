"""Nobody learns from us whether an address has an account: same answer, same time."""

import re
import statistics
import time

import pytest
from django.test import Client
from django.urls import reverse

from tests import make

GOAL = 0.005  # seconds between the medians, over 200 tries each


@pytest.fixture
def unlimited(settings):
    """Without limits, or they would be what is measured."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.ALLOWED_HOSTS = ["testserver"]


def login(email):
    return reverse("account_login"), {"login": email, "password": "not the password"}


def code(email):
    return reverse("account_request_login_code"), {"email": email}


def reset(email):
    return reverse("account_reset_password"), {"email": email}


def sign_up(email):
    data = {"name": "Iris", "email": email, "password1": make.PASSWORD, "accept_terms": "on"}
    return reverse("account_signup"), data


WAYS = [login, code, reset, sign_up]


def whole_answer(way, email):
    """Statuses, headers and bodies of a form and the page after it, without what differs every time."""
    address, data = way(email)
    answers = [Client().post(address, data)]
    client = Client()
    answers.append(client.post(address, data, follow=True))
    return [(a.status_code, plain(str(sorted(a.headers.items())), email), plain(a.content.decode(), email))
            for a in answers]  # fmt: skip


def plain(text, email):
    """The text without the address typed, tokens and lengths."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.replace(email, "ADDRESS"))
    return re.sub(r"\('(Content-Length|Expires)', '[^']+'\)", "", text)


def seconds(way, email):
    """How long one request takes."""
    client = Client()
    address, data = way(email)
    began = time.perf_counter()
    client.post(address, data)
    return time.perf_counter() - began


def medians(way, known, tries):
    """The median times for a known and an unknown address, asked by turns."""
    times = {True: [], False: []}
    for n in range(tries):
        for is_known in (True, False) if n % 2 else (False, True):
            address = known if is_known else f"nobody{n:05}@mail.example"
            times[is_known].append(seconds(way, address))
    return statistics.median(times[True]), statistics.median(times[False])


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_same(unlimited, dan, way):
    assert whole_answer(way, dan.email) == whole_answer(way, "nobody@mail.example")


@pytest.mark.parametrize("way", WAYS)
def test_the_time_is_about_the_same(unlimited, settings, dan, way):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    dan.set_password(make.PASSWORD)
    dan.save()
    known, unknown = medians(way, dan.email, tries=9)
    assert abs(known - unknown) < max(0.25 * known, 4 * GOAL)


@pytest.mark.audit
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("way", WAYS)
def test_the_median_of_two_hundred_differs_less_than_the_goal(
    unlimited, settings, dan, way, capsys
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    dan.set_password(make.PASSWORD)
    dan.save()
    known, unknown = medians(way, dan.email, tries=200)
    with capsys.disabled():
        print(f"\n{way.__name__}: known {known * 1e3:.1f} ms, unknown {unknown * 1e3:.1f} ms")
    assert abs(known - unknown) < GOAL
