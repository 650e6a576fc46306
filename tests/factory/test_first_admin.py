"""The first administrator comes in by one command and one link."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from partners.models import Person
from tests import make
from tests.doors import sign_in

ADDRESS = "max@mail.example"


def link(capsys, settings):
    """The path in what the command says."""
    call_command("create_first_admin", ADDRESS, name="Max Administrator")
    return re.search(re.escape(settings.SITE_URL) + r"(\S+)", capsys.readouterr().out)[1]


def test_the_link_leads_to_a_password_and_on_to_the_second_factor(client, db, capsys, settings):
    page = client.get(link(capsys, settings), follow=True)
    assert page.status_code == 200
    client.post(
        page.redirect_chain[-1][0], {"password1": make.PASSWORD, "password2": make.PASSWORD}
    )
    answer = client.post(reverse("account_login"), {"login": ADDRESS, "password": make.PASSWORD})
    assert answer.url == reverse("desk")
    assert client.get(reverse("admin:index")).url == reverse("mfa_index")


def test_the_link_works_once(client, db, capsys, settings):
    path = link(capsys, settings)
    page = client.get(path, follow=True)
    client.post(
        page.redirect_chain[-1][0], {"password1": make.PASSWORD, "password2": make.PASSWORD}
    )
    again = type(client)().get(path, follow=True)
    assert b'name="password1"' not in again.content


def test_there_is_only_one_first_administrator(db, capsys, settings):
    link(capsys, settings)
    with pytest.raises(SystemExit, match="already"):
        call_command("create_first_admin", "other@mail.example")
    assert Person.objects.filter(is_superuser=True).count() == 1


def test_an_administrator_has_every_page_of_the_admin(client, max_):
    page = reverse("admin:partners_person_changelist")
    assert sign_in(client, max_).get(page).status_code == 200
