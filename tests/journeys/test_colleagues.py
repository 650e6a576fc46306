"""Two stories of colleagues: who joins by the mail address at work, and who opens a forwarded mail."""

import re

import pytest

from market.models import Listing
from partners import lifecycle as organisations
from partners.models import Organisation, Person
from tests import make
from tests.journeys.visitor import Visitor, first_button, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)
BREDA = "/en/partners/gemeente-breda/"


@pytest.fixture(autouse=True)
def soon(settings):
    """A coordinator's mail leaves at once, so that the story does not wait."""
    settings.TAKE_BACK_SECONDS = 0


def test_the_policy_officer_who_joins_by_domain(worker, mailbox, cleo):
    listed = Organisation.objects.get(name="Gemeente Breda")
    organisations.check_domains(listed, by=cleo, source=make.SEEN)
    fleur, coordinator = Visitor(), Visitor()
    fleur.open(BREDA)
    assert fleur.reads("Nobody of Gemeente Breda has joined yet")
    fleur.click("Make an account")
    told = {"name": "Fleur de Wit", "email": "fleur@breda.nl", "password1": make.PASSWORD}
    fleur.press(first_button(fleur), accept_terms="on", **told)
    mail = mails_with(mailbox, "fleur@breda.nl", "-")[-1]
    code = CODE.search(mail.get_body(("plain",)).get_content())[1]
    fleur.press(first_button(fleur), code=code)

    # Back on the page of her municipality she joins at once, and writes a first need.
    fleur.open(BREDA)
    fleur.click("Join")
    fleur.press("Join")
    breda = Organisation.objects.get(slug="gemeente-breda")
    assert (breda.state, breda.memberships.get().role) == ("active", "writer")
    fleur.open("/en/market/new/need/")
    need = {
        "title": "Lunch for forty people",
        "sector": make.sector().pk,
        "region": make.region("Breda").pk,
    }
    fleur.press("Put it on the market", **need)
    assert Listing.objects.get(title="Lunch for forty people").state == "draft"

    # A coordinator hears that nobody answers for it yet, calls, and names her owner.
    assert mails_with(mailbox, cleo.email, "fleur@breda.nl")
    organisations.name_owner(breda, by=cleo, membership=breda.memberships.get(), reason="nobody")
    assert mails_with(mailbox, "fleur@breda.nl", "You are an owner")
    fleur.open(Listing.objects.get().get_absolute_url())
    fleur.press_move("publish")
    assert Listing.objects.get().state == "live"
    assert Person.objects.get(email="fleur@breda.nl").language == "en"
    assert coordinator.open(BREDA).reads("Gemeente Breda")


def test_the_colleague_who_opens_a_forwarded_mail(worker, mailbox, lekstede, noor, lunch, cleo):
    match = make.match("approved", need=lunch)
    organisations.set_domains(lekstede, by=cleo, domains=["lekstede.example"], source=make.SEEN)
    ivo = make.person("Ivo Colleague", email="ivo@lekstede.example", language="en")
    make.match("approved", need=make.need(by=lekstede, title="Soup", ask_me_first=True))
    mail = mails_with(mailbox, noor, "/a/")[-1]
    link = next(address for address in links_in(mail) if "/a/" in address)

    # Ivo, signed in as himself, opens what Noor forwarded: nothing happens in her name.
    colleague = Visitor().signs_in(ivo)
    colleague.open(link.replace("/a/", "/en/a/") if "/en/" not in link else link)
    assert colleague.reads("This question is for somebody else")
    colleague.click("Join")
    colleague.press("Join")
    assert lekstede.memberships.get(person=ivo).role == "writer"
    assert mails_with(mailbox, noor, "ivo@lekstede.example")

    # He reads the match now, and cannot answer until Noor makes him an editor.
    page = match.get_absolute_url()
    assert colleague.open(page).reads(lunch.title)
    assert colleague.client.post(f"{page}decline/", {"token": "a"}).status_code == 403
    mine = lekstede.memberships.get(person=ivo)
    organisations.change_role(lekstede, by=noor, membership=mine, role="editor")
    assert colleague.client.get(f"{page}decline/").status_code == 200
