"""The first story: somebody makes an account, brings an organisation, and a coordinator vouches for it."""

import re

import pytest
from django.urls import reverse

from partners.models import Organisation, Person
from tests import make
from tests.journeys.visitor import Visitor, first_button, mails_with

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


@pytest.fixture
def soon(settings):
    """A coordinator's mail leaves at once, so that the story does not wait."""
    settings.TAKE_BACK_SECONDS = 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_an_account_to_a_public_organisation(soon, worker, mailbox, cleo, language):
    start = "" if language == "nl" else "/en"
    visitor, coordinator = Visitor(), Visitor()
    visitor.open(f"{start}/accounts/signup/")
    visitor.press(
        first_button(visitor),
        name="Yusra Bakker",
        email="yusra@soepbus.example",
        password1=make.PASSWORD,
        accept_terms="on",
    )

    # The address is proved with a code from a real mail.
    mail = mails_with(mailbox, "yusra@soepbus.example", "-")[-1]
    code = CODE.search(mail.get_body(("plain",)).get_content())[1]
    visitor.press(first_button(visitor), code=code)
    yusra = Person.objects.get(email="yusra@soepbus.example")
    assert yusra.language == language

    # She brings her organisation; only she and the coordinators see it.
    visitor.open(start + "/partners/apply/" if language == "en" else reverse("partners:apply"))
    visitor.press(
        first_button(visitor),
        name="Soepbus",
        kind="enterprise",
        region="Zeist",
        mission="Soup from a bus, cooked by people learning a trade.",
    )
    soepbus = Organisation.objects.get(name="Soepbus")
    page = soepbus.get_absolute_url()
    assert soepbus.state == "applied"
    assert Visitor().client.get(page).status_code == 404
    assert visitor.open(page).reads("Soepbus")

    # A coordinator hears of it, checks it and makes it public.
    assert mails_with(mailbox, cleo.email, "Soepbus")
    coordinator.signs_in(cleo, second_factor="totp")
    address = reverse("admin:partners_organisation_change", args=[soepbus.pk])
    for name in ("check", "activate"):
        coordinator.open(address)
        coordinator.press_move(name)
    soepbus.refresh_from_db()
    assert soepbus.state == "active"

    # She hears that it is public, and everybody sees it.
    assert mails_with(mailbox, yusra.email, page.removeprefix("/en"))
    assert Visitor().open(page).reads("Soepbus")
