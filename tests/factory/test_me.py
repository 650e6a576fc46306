"""A person's own pages: what they change, take along, and leave behind."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from factory.journal.models import Event
from factory.me.closing import close_account, stops
from factory.me.data import everything_about, references
from partners.models import Membership, Person
from tests import make
from tests.doors import give_app, sign_in


def test_name_phone_and_language_are_changed(client, dan):
    data = {"name": "Daniel", "job": "Cook", "phone": "030 123 45 67", "language": "en"}
    assert sign_in(client, dan).post(reverse("me"), data).status_code == 302
    dan.refresh_from_db()
    assert (dan.name, dan.job, dan.phone, dan.language) == tuple(data.values())


@pytest.mark.parametrize("phone", ["abc", "12", "+31 <b>", "0" * 40])
def test_a_phone_number_has_digits(client, dan, phone):
    data = {"name": "Dan", "language": "nl", "phone": phone}
    assert sign_in(client, dan).post(reverse("me"), data).status_code == 422


def test_nobody_makes_themselves_staff(client, dan):
    sign_in(client, dan).post(reverse("me"), {"name": "Dan", "language": "nl", "is_staff": "on"})
    dan.refresh_from_db()
    assert not dan.is_staff


def test_the_file_holds_every_row_that_points_at_somebody(client, ada, broodnodig):
    held = json.loads(sign_in(client, ada).post(reverse("me_export")).content)
    assert held["partners.person"][0]["email"] == ada.email
    assert held["partners.membership.person"][0]["organisation_id"] == str(broodnodig.pk)
    assert "journal.event.actor" in held


def test_the_file_holds_no_secret(client, dan):
    give_app(dan)
    held = json.dumps(everything_about(dan), default=str)
    assert dan.password not in held
    assert "secret" not in held


def test_no_reference_to_a_person_is_forgotten(db):
    names = {r.related_model._meta.label_lower for r in references(Person)}
    assert {"partners.membership", "notices.notice", "journal.event", "mfa.authenticator"} <= names


def test_the_file_asks_first_who_it_is(client, dan):
    client.force_login(dan)
    answer = client.post(reverse("me_export"))
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_closing_takes_the_person_and_leaves_the_journal(client, ada, broodnodig):
    colleague = make.member(broodnodig, "owner", "Bo Owner")
    before = Event.objects.about(broodnodig).count()
    address = ada.email
    answer = sign_in(client, ada).post(reverse("me_close"), {"sure": "on"})
    ada.refresh_from_db()
    assert answer.url == reverse("home")
    assert (ada.is_active, ada.phone, "Ada" in ada.name) == (False, "", False)
    assert not Person.objects.filter(email=address).exists()
    assert not EmailAddress.objects.filter(email=address).exists()
    assert list(Membership.objects.filter(organisation=broodnodig)) == [colleague.memberships.get()]
    assert Event.objects.about(broodnodig).filter(actor=ada).count() <= before
    assert Event.objects.about(broodnodig).filter(actor=ada).exists()


def test_the_last_owner_hands_over_first(client, ada, broodnodig):
    page = sign_in(client, ada).post(reverse("me_close"), {"sure": "on"})
    ada.refresh_from_db()
    assert ada.is_active
    assert "Broodnodig" in page.content.decode()


def test_the_only_administrator_stays(max_):
    assert stops(max_)


def test_who_has_left_cannot_sign_in(client, dan):
    make.leaves(dan)
    address = dan.email
    close_account(dan)
    answer = client.post(reverse("account_login"), {"login": address, "password": make.PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/en/desk/", "/en/market/"])
def test_everybody_finds_their_details_and_the_way_out(client, dan, path):
    page = sign_in(client, dan).get(path).content.decode()
    assert 'href="/en/desk/me/"' in page
    assert 'action="/en/accounts/logout/"' in page
    client.post("/en/accounts/logout/")
    assert client.get("/en/desk/").status_code == 302


def test_a_visitor_who_finds_nothing_is_offered_to_sign_in_and_comes_back(client, dan):
    here = "http://testserver/en/no-such-page/"
    assert 'href="/en/sign-in/"' in client.get("/en/no-such-page/").content.decode()
    on = client.get("/en/sign-in/", headers={"referer": here})
    assert on.url == "/en/accounts/login/?next=%2Fen%2Fno-such-page%2F"
    assert "sign-in" not in sign_in(client, dan).get("/en/no-such-page/").content.decode()


def test_what_does_not_exist_is_the_same_to_the_byte(client, db):
    assert client.get("/en/market/nothing/").content == client.get("/en/market/none/").content


@pytest.mark.parametrize("other", ["", "https://elsewhere.example/x", "//elsewhere.example/"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, other):
    assert client.get("/en/sign-in/", headers={"referer": other}).url == "/en/accounts/login/"
