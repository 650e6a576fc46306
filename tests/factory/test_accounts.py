"""Signing up, signing in, codes, second factors: over HTTP, page by page."""

import email
import re
from email.policy import default

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from factory.notices.letters import write
from factory.notices.models import Notice
from factory.templatetags.letters import as_mail
from partners.models import Person
from tests import make
from tests.doors import code_of, give_app, sign_in

SIGN_UP = {
    "name": "Iris Nieuw",
    "email": "iris@mail.example",
    "password1": make.PASSWORD,
    "accept_terms": "on",
}


def mailed(address):
    """The text of the last mail written to an address."""
    return Notice.objects.mail().filter(address=address).order_by("pk").last().text


def code_in(text):
    """The code that stands on a line of its own."""
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", text, re.M)[1]


def rendered(mail):
    """The HTML of a mail as it leaves."""
    raw = email.message_from_string(write(mail)[3], policy=default)
    return raw.get_body(("html",)).get_content()


def test_somebody_signs_up_and_confirms_by_the_mailed_code(client, db):
    client.post(reverse("account_signup"), SIGN_UP)
    page = reverse("account_email_verification_sent")
    done = client.post(page, {"code": code_in(mailed("iris@mail.example"))})
    iris = Person.objects.get(email="iris@mail.example")
    assert done.status_code == 302
    assert client.session["_auth_user_id"] == str(iris.pk)
    assert (iris.name, iris.terms_version) == ("Iris Nieuw", settings.TERMS_VERSION)


def test_the_language_of_the_page_becomes_the_language_of_the_mails(client, db):
    client.post("/en/accounts/signup/", SIGN_UP)
    assert Person.objects.get(email="iris@mail.example").language == "en"


def test_without_the_terms_there_is_no_account(client, db):
    answer = client.post(reverse("account_signup"), SIGN_UP | {"accept_terms": ""})
    assert b'role="alert"' in answer.content
    assert not Person.objects.filter(email="iris@mail.example").exists()


def test_somebody_signs_in_with_a_password(client, dan):
    answer = client.post(reverse("account_login"), {"login": dan.email, "password": make.PASSWORD})
    assert answer.url == reverse("desk")


def test_somebody_signs_in_with_a_mailed_code(client, dan):
    client.post(reverse("account_request_login_code"), {"email": dan.email})
    code = code_in(mailed(dan.email))
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.url == reverse("desk")


def test_with_an_app_the_password_is_half_the_way(client, dan):
    code = give_app(dan)
    client.post(reverse("account_login"), {"login": dan.email, "password": make.PASSWORD})
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.url == reverse("desk")


def test_setting_up_an_app_opens_the_session_with_it(client, cleo):
    sign_in(client, cleo, second_factor=False)
    page = reverse("mfa_activate_totp")
    assert b"<svg" in client.get(page).content
    client.post(page, {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_coordinator_keeps_the_last_factor(client, cleo):
    give_app(cleo)
    sign_in(client, cleo)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cleo, type="totp").exists()


def test_anybody_else_may_stop_using_the_app(client, dan):
    give_app(dan)
    sign_in(client, dan)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=dan).exists()


PAGES_OF_VISITORS = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_request_login_code",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
PAGES_OF_PEOPLE = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "me",
    "me_close",
    "agree",
]
PAGES_WITH_AN_APP = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PAGES_OF_VISITORS)
def test_every_way_in_is_a_page_of_ours(client, db, name, language):
    looks_like_ours(client.get(in_language(name, language)))


@pytest.mark.parametrize("name", PAGES_OF_PEOPLE)
def test_every_page_about_an_account_is_a_page_of_ours(client, dan, name):
    looks_like_ours(sign_in(client, dan).get(reverse(name)))


@pytest.mark.parametrize("name", PAGES_WITH_AN_APP)
def test_every_page_about_the_second_step_is_a_page_of_ours(client, dan, name):
    give_app(dan)
    sign_in(client, dan).get(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_generate_recovery_codes"))
    looks_like_ours(client.get(reverse(name)))


def in_language(name, language):
    """The address of a page in a language."""
    with translation.override(language):
        return reverse(name)


def looks_like_ours(answer):
    """Base, heading, one form style, no image or style that the policy refuses."""
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="site-head"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"data:image|style=|onclick=", html)


def test_the_mail_with_a_code_has_our_subject_and_shows_the_code_large(client, dan):
    client.post("/en/accounts/login/code/", {"email": dan.email})
    mail = Notice.objects.mail().filter(address=dan.email).last()
    assert mail.subject == "Your code to sign in"
    assert f">{code_in(mail.text)}</b>" in rendered(mail)


def test_the_mail_with_a_link_has_a_button_and_breaks_the_address_on_a_phone(client, dan):
    client.post("/en/accounts/password/reset/", {"email": dan.email})
    mail = Notice.objects.mail().filter(address=dan.email).last()
    assert mail.subject == "Choose a new password"
    page = rendered(mail)
    assert ">Open the page</a>" in page
    assert "word-break:break-all" in page


def test_words_in_an_account_mail_are_shown_and_never_run():
    assert "&lt;b&gt;hello" in as_mail("<b>hello</b>")
    assert "<i>" not in as_mail('https://a.example/"><i>')


@pytest.mark.parametrize("address", ["dan@mail.example", "nobody@mail.example"])
def test_a_refusal_to_sign_in_says_what_to_do_and_not_who_is_known(client, dan, address):
    type(dan).objects.filter(pk=dan.pk).update(email="dan@mail.example")
    answer = client.post(reverse("account_login"), {"login": address, "password": "not that one"})
    assert "Dit mailadres en dit wachtwoord horen niet bij elkaar." in answer.content.decode()
    assert 'placeholder="Email' not in answer.content.decode()
