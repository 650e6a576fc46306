"""Changing one's own mail address: the code counts, the old address hears it, and nobody learns who has which."""

import re
import statistics
import time

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.models import Person
from tests import make
from tests.doors import sign_in
from tests.factory.test_accounts import code_in, mailed
from tests.factory.test_enumeration import GOAL, plain

PAGE, CODE = reverse("account_email"), reverse("account_email_verification_sent")
NEW = "ada.new@mail.example"


@pytest.fixture(autouse=True)
def unlimited(settings):
    """Without limits, or they would be what is measured."""
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def ada_in(client, ada):
    return sign_in(client, ada)


def asks_for(client, address):
    return client.post(PAGE, {"email": address, "action_add": "1"})


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_with_the_mailed_code_it_changes_and_the_old_address_hears_of_it(ada_in, ada):
    old = ada.email
    asks_for(ada_in, NEW)
    ada_in.post(CODE, {"code": code_in(mailed(NEW))})
    assert fresh(ada).email == NEW
    assert NEW in mailed(old)
    assert list(EmailAddress.objects.filter(user=ada).values_list("email", "verified")) == [
        (NEW, True)
    ]


def test_from_then_on_the_new_address_signs_in_and_the_old_one_does_not(ada_in, ada):
    old = ada.email
    asks_for(ada_in, NEW)
    ada_in.post(CODE, {"code": code_in(mailed(NEW))})
    login = reverse("account_login")
    answers = [
        Client().post(login, {"login": email, "password": make.PASSWORD}) for email in (old, NEW)
    ]
    assert [answer.status_code for answer in answers] == [200, 302]


@pytest.mark.parametrize("code", ["", "AAA-AAA", "000000"])
def test_without_the_code_nothing_changes(ada_in, ada, code):
    asks_for(ada_in, NEW)
    ada_in.post(CODE, {"code": code})
    assert fresh(ada).email == ada.email
    assert not EmailAddress.objects.filter(email=NEW, verified=True).exists()


def test_the_code_works_in_the_session_that_asked_and_in_no_other(ada_in, ada, dan):
    asks_for(ada_in, NEW)
    stranger = sign_in(Client(), dan)
    stranger.post(CODE, {"code": code_in(mailed(NEW))})
    Client().post(CODE, {"code": code_in(mailed(NEW))})
    assert fresh(dan).email == dan.email
    assert fresh(ada).email == ada.email


def whole_answer(person, address):
    """Statuses, headers and bodies from asking to a wrong code, without what differs every time."""
    client = sign_in(Client(), person)
    answers = [asks_for(client, address), client.get(CODE), client.post(CODE, {"code": "AAA-AAA"})]
    answers.append(client.get(PAGE))
    return [
        (a.status_code, headers(a, address), plain(a.content.decode(), address)) for a in answers
    ]


def headers(answer, address):
    return re.sub(r"nonce-[^']+", "", plain(str(sorted(answer.headers.items())), address))


def test_a_taken_address_answers_as_a_free_one(ada, dan):
    assert whole_answer(ada, dan.email) == whole_answer(ada, "nobody@mail.example")


def test_the_time_is_about_the_same(settings, ada, dan):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    client, times = sign_in(Client(), ada), {True: [], False: []}
    for n in range(18):
        began = time.perf_counter()
        asks_for(client, dan.email if n % 2 else f"nobody{n}@mail.example")
        times[bool(n % 2)].append(time.perf_counter() - began)
    taken, free = statistics.median(times[True]), statistics.median(times[False])
    assert abs(taken - free) < max(0.25 * free, 4 * GOAL)


def test_not_even_the_right_code_gives_somebody_the_address_of_another(ada_in, ada, dan):
    asks_for(ada_in, dan.email)
    answer = ada_in.post(CODE, {"code": code_in(mailed(dan.email))})
    assert answer.status_code in {200, 302}
    assert (fresh(ada).email, fresh(dan).email) == (ada.email, dan.email)


def test_nor_that_of_an_account_that_was_never_confirmed(ada_in, ada, cleo):
    squatter = Person.objects.create_user(NEW, make.PASSWORD, name="Somebody")
    EmailAddress.objects.create(user=squatter, email=NEW, verified=False, primary=True)
    asks_for(ada_in, NEW)
    answer = ada_in.post(CODE, {"code": code_in(mailed(NEW))})
    assert answer.status_code in {200, 302}
    assert fresh(ada).email == ada.email


def test_an_address_that_is_not_confirmed_lets_nobody_in(ada_in, ada, cleo):
    breda = make.listed("Gemeente Overwater", domains=["overwater.example"])
    asks_for(ada_in, "ada@overwater.example")
    EmailAddress.objects.create(user=ada, email="ada@overwater.example", verified=False)
    with pytest.raises(PermissionDenied):
        organisations.join(breda, by=fresh(ada))
    assert ada_in.post(f"{breda.get_absolute_url()}join/", {"token": "t"}).status_code == 403
    ada_in.post(CODE, {"code": code_in(mailed("ada@overwater.example"))})
    organisations.join(breda, by=fresh(ada))
    assert breda.memberships.get(person=ada).role == "writer"


def test_after_leaving_the_domain_the_way_in_is_closed(client, cleo):
    there = make.listed("Gemeente Overwater", domains=["overwater.example"])
    fleur = make.person("Fleur", email="fleur@overwater.example")
    sign_in(client, fleur)
    asks_for(client, "fleur@home.example")
    client.post(CODE, {"code": code_in(mailed("fleur@home.example"))})
    with pytest.raises(PermissionDenied):
        organisations.join(there, by=fresh(fleur))


def test_what_is_told_to_the_old_address_is_not_held_back(ada_in, ada):
    asks_for(ada_in, NEW)
    ada_in.post(CODE, {"code": code_in(mailed(NEW))})
    letter = Notice.objects.mail().filter(address=ada.email).order_by("pk").last()
    assert (letter.status, letter.urgency) == ("waiting", "clock")
