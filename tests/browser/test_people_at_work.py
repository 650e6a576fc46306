"""People at work on a phone of 390 px: the caterer with mail only, the policy officer, the forwarded mail, VAT."""

import re

import pytest
from playwright.sync_api import expect

from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from market.lifecycle import match as matches
from market.models import Match
from partners.models import Membership
from tests import make

pytestmark = pytest.mark.timeout(300)
PHONE = 390
WIDTHS = (PHONE, 1280)


@pytest.fixture
def asked(settings, cleo, lekstede, broodnodig, noor):
    """Broodnodig is asked for a lunch of a thousand euros."""
    settings.TAKE_BACK_SECONDS = 0
    type(noor).objects.filter(pk=noor.pk).update(phone="030 555 77 66")
    need = make.need(by=lekstede, title="Lunch for forty people", value_cents=100_000)
    return make.match("approved", need=need, supplier=broodnodig)


def link_of(person, match, move):
    """Where the mail leads that asks this of somebody, in English."""
    rows = Notice.objects.mail().filter(recipient=person, event__thing_id=match.pk)
    letter = rows.filter(event__thing_type="market.match", answers__contains=[move]).latest("pk")
    link = answer_url(letter, thing_of(letter.event), move)
    return "/en" + link[link.index("/a/") :]


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def fits(page):
    """The page is no wider than the phone, and its buttons can be hit with a thumb."""
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url} is {over} px too wide"
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main .utrecht-button')]"
        ".map(e => e.getBoundingClientRect()).filter(r => r.width && r.height < 24).length"
    )
    assert small == 0, page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_the_caterer_in_a_kitchen_answers_and_confirms_by_mail_alone(
    browser, live_server, asked, ada, noor, scripts
):
    context = browser.new_context(
        java_script_enabled=scripts,
        viewport={"width": PHONE, "height": 844},
        locale="en-GB",
        has_touch=True,
    )
    page = context.new_page()
    page.goto(live_server.url + link_of(ada, asked, "accept"))
    expect(page.get_by_role("heading", name="Lunch for forty people")).to_be_visible()
    press(page, re.compile("Yes"))
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    expect(page.get_by_role("link", name="030 555 77 66")).to_have_attribute(
        "href", "tel:0305557766"
    )
    matches.confirm(Match.objects.get(pk=asked.pk), by=noor, cents=100_000)
    page.goto(live_server.url + link_of(ada, asked, "confirm"))
    press(page, re.compile("is right"))
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    done = Match.objects.get(pk=asked.pk)
    assert (done.state, done.realised_cents) == ("completed", 100_000)
    if scripts:
        fits(page)
    context.close()


def test_the_caterer_notes_the_amount_and_answers_a_message_by_the_link_in_the_mail(
    visit, asked, ada, noor
):
    matches.accept(asked, by=ada)
    met = Match.objects.get(pk=asked.pk)
    matches.write(met, by=noor, text="Where do you want the lunch, and at what time?")
    page = visit(link_of(ada, met, "write"), widths=WIDTHS)
    expect(page.get_by_text("Where do you want the lunch")).to_be_visible()
    page.get_by_label("Your message").fill("In the hall, at noon.")
    press(page, "Send")
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    page = visit(link_of(ada, met, "confirm"), widths=WIDTHS)
    page.get_by_label("Amount, without VAT").fill("1000")
    press(page, "Confirm the amount")
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    assert met.messages.last().author == ada
    assert Match.objects.get(pk=met.pk).supplier_cents == 100_000


def test_the_policy_officer_joins_by_the_mail_domain_and_writes_a_draft(visit, enter, cleo):
    town = make.listed("Gemeente Overwater", domains=["overwater.example"])
    fleur = make.person("Fleur Policy", email="fleur@overwater.example")
    enter(fleur)
    page = visit("/en" + town.get_absolute_url(), widths=WIDTHS)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.get_by_role("main").get_by_role("link", name="Join").click()
    press(page, "Join")
    page.wait_for_url(f"**{town.get_absolute_url()}")
    assert Membership.objects.get(person=fleur).role == "writer"
    visit("/en" + town.get_absolute_url(), widths=WIDTHS)
    visit("/en/desk/", widths=WIDTHS)
    visit("/en/market/new/need/", widths=WIDTHS)


def test_a_colleague_opens_a_forwarded_mail_and_answers_as_themselves(
    visit, enter, asked, ada, ben
):
    enter(ben)
    page = visit(link_of(ada, asked, "accept"), widths=WIDTHS)
    expect(page.get_by_role("heading", name="This question is for somebody else")).to_be_visible()
    assert Match.objects.get(pk=asked.pk).supplier_agreed_at is None
    page.get_by_role("link", name="Answer as myself").click()
    press(page, re.compile("Yes"))
    page.wait_for_url(f"**{asked.get_absolute_url()}")
    assert Match.objects.get(pk=asked.pk).state == "introduced"


def test_amounts_that_are_vat_apart_are_asked_about_before_they_are_noted(
    visit, enter, asked, ada, noor
):
    matches.accept(asked, by=ada)
    matches.confirm(Match.objects.get(pk=asked.pk), by=noor, cents=100_000)
    enter(ada)
    page = visit(f"/en{asked.get_absolute_url()}confirm/", widths=WIDTHS)
    page.set_viewport_size({"width": PHONE, "height": 844})
    another = page.get_by_text("Another amount")
    if another.count():
        another.first.click()
    page.locator("#id_cents").fill("1210")
    page.keyboard.press("Enter")
    expect(page.locator("#id_vat_checked")).to_be_visible()
    fits(page)
    assert Match.objects.get(pk=asked.pk).supplier_cents is None
    page.locator("#id_cents").fill("1000")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{asked.get_absolute_url()}")
    assert Match.objects.get(pk=asked.pk).state == "completed"
