"""The only administrator who lost phone and spare codes comes back in by one command and one link."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from factory.coordination.models import LostFactor
from factory.journal.models import Event
from factory.notices.models import Notice
from partners.models import Person
from tests import make
from tests.doors import give_app, sign_in

OTHER = "max@home.example"


@pytest.fixture
def lost(max_):
    """Max is the only administrator, with an app that is gone and a second address."""
    give_app(max_)
    EmailAddress.objects.create(user=max_, email=OTHER, verified=True)
    EmailAddress.objects.create(user=max_, email="unsure@home.example", verified=False)
    return max_


def rescue(capsys, settings, email):
    call_command("rescue_last_admin", email)
    return re.search(re.escape(settings.SITE_URL) + r"(\S+)", capsys.readouterr().out)[1]


def test_the_link_leads_to_a_password_and_on_to_a_new_second_factor(client, lost, capsys, settings):
    session = sign_in(type(client)(), lost)
    page = client.get(rescue(capsys, settings, lost.email.upper()), follow=True)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert session.get(reverse("desk")).status_code == 302  # every session has ended
    form = {"password1": make.PASSWORD, "password2": make.PASSWORD}
    client.post(page.redirect_chain[-1][0], form)
    client.post(reverse("account_login"), {"login": lost.email, "password": make.PASSWORD})
    for shut in (reverse("desk"), reverse("admin:index")):
        assert client.get(shut).url == reverse("mfa_index")


def test_the_old_password_opens_nothing_any_more(client, lost, capsys, settings):
    rescue(capsys, settings, lost.email)
    assert not Person.objects.get(pk=lost.pk).has_usable_password()


def test_every_verified_address_hears_it_and_the_journal_holds_it(lost, capsys, settings):
    rescue(capsys, settings, lost.email)
    told = set(Notice.objects.filter(event=None).values_list("address", flat=True))
    assert told == {lost.email, OTHER}
    event = Event.objects.about(lost).last()
    assert (event.verb, event.channel, event.actor.is_the_factory) == (
        "person.rescue",
        "command",
        True,
    )


def test_what_was_asked_before_does_not_stay_behind(lost, capsys, settings):
    half_way = Client()
    half_way.post(reverse("account_login"), {"login": lost.email, "password": make.PASSWORD})
    half_way.post(reverse("lost_factor_ask"))
    rescue(capsys, settings, lost.email)
    assert LostFactor.objects.get(person=lost).state == "stopped"


def test_with_another_administrator_it_is_they_who_decide(lost, capsys, settings):
    Person.objects.create_superuser("other@mail.example", name="Olga")
    with pytest.raises(SystemExit, match="another administrator"):
        rescue(capsys, settings, lost.email)
    assert Authenticator.objects.filter(user=lost).exists()


def test_nobody_but_an_administrator_comes_in_this_way(lost, cleo, ada, capsys, settings):
    give_app(cleo)
    for email in (cleo.email, ada.email, "", "nobody@mail.example"):
        with pytest.raises(SystemExit, match="administrator"):
            rescue(capsys, settings, email)
    assert Authenticator.objects.filter(user=cleo).exists()
