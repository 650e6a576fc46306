"""What staff and everybody must have done before a page opens."""

import time

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from partners.models import Person
from tests.doors import give_app, sign_in

STAFF_PAGES = [
    "admin:index",
    "admin:jsi18n",
    "admin:password_change",
    "admin:partners_person_changelist",
]
PAGES = ["desk", "inbox", "me", "impact", "partners:list", "market:board"]


@pytest.mark.parametrize("name", STAFF_PAGES + PAGES)
def test_a_coordinator_without_second_factor_is_sent_to_set_one_up(client, cleo, name):
    answer = sign_in(client, cleo, second_factor=False).get(reverse(name))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("name", STAFF_PAGES + PAGES)
def test_with_an_app_but_not_in_this_session_the_code_is_asked(client, cleo, name):
    give_app(cleo)
    answer = sign_in(client, cleo, second_factor=False).get(reverse(name))
    assert answer.url.startswith(reverse("mfa_reauthenticate") + "?next=")


def test_the_code_opens_the_page_that_was_asked_for(client, cleo):
    code = give_app(cleo)
    asked = sign_in(client, cleo, second_factor=False).get(reverse("admin:index"))
    answer = client.post(asked.url, {"code": code(), "next": reverse("admin:index")})
    assert answer.url == reverse("admin:index")
    assert client.get(answer.url).status_code == 200


def test_somebody_elses_second_factor_does_not_count(client, cleo, max_):
    sign_in(client, max_)
    session = client.session
    session["_auth_user_id"], session["_auth_user_hash"] = (
        str(cleo.pk),
        cleo.get_session_auth_hash(),
    )
    session.save()
    assert client.get(reverse("admin:index")).status_code == 302


def test_who_we_are_stays_open_to_staff(client, cleo):
    assert sign_in(client, cleo, second_factor=False).get(reverse("contact")).status_code == 200


def test_the_admin_sends_a_visitor_to_sign_in_and_back(client, db):
    page = reverse("admin:index")
    assert client.get(page).url == f"{reverse('account_login')}?next={page}"


def test_the_admin_is_not_for_members(client, dan):
    answer = sign_in(client, dan).get(reverse("admin:index"))
    assert answer.status_code == 403


def test_changing_who_somebody_is_asks_again_after_a_quarter_of_an_hour(client, max_, dan):
    page = reverse("admin:partners_person_change", args=[dan.pk])
    assert sign_in(client, max_).get(page).status_code == 200
    session = client.session
    for way in session["account_authentication_methods"]:
        way["at"] = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 1
    session.save()
    assert client.get(page).status_code == 302
    client.post(page, {"is_staff": "on"})
    assert not Person.objects.get(pk=dan.pk).is_staff


def test_new_terms_are_asked_once(client, dan, settings):
    settings.TERMS_VERSION = "2030-01"
    answer = sign_in(client, dan).get(reverse("desk"))
    assert answer.url == f"{reverse('agree')}?next=%2Fdesk%2F"
    answer = client.post(answer.url, {"accept_terms": "on", "next": "/desk/"})
    assert answer.url == "/desk/"
    dan.refresh_from_db()
    assert dan.terms_version == "2030-01"
    assert client.get("/desk/").status_code == 200


def test_agreeing_leads_to_our_own_pages_only(client, dan):
    page = reverse("agree")
    answer = sign_in(client, dan).post(page, {"accept_terms": "on", "next": "https://evil.example"})
    assert answer.url == reverse("desk")


def test_staff_stay_signed_in_for_a_working_day(client, cleo):
    code = give_app(cleo)
    client.post(
        reverse("account_login"), {"login": cleo.email, "password": "correct horse battery staple"}
    )
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_AGE


@pytest.mark.parametrize("who", ["cleo", "max_"])
@pytest.mark.parametrize("model", ["mfa/authenticator", "account/emailaddress", "auth/group"])
def test_the_admin_shows_nobody_the_secrets_of_an_account(client, request, who, model):
    sign_in(client, request.getfixturevalue(who))
    assert client.get(f"{reverse('admin:index')}{model}/").status_code == 404


def test_the_admin_holds_our_own_models_alone():
    apps = {model._meta.app_label for model in admin.site._registry}
    ours = {"partners", "market", "challenges", "notices", "knowledge", "coordination"}
    assert apps <= ours


@pytest.mark.parametrize(
    "perm", ["mfa.change_authenticator", "auth.add_group", "partners.add_person"]
)
def test_a_coordinator_has_no_right_to_what_is_not_their_work(cleo, max_, perm):
    assert not cleo.has_perm(perm)
    assert max_.has_perm(perm)
