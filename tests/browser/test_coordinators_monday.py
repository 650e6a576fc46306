"""What only a coordinator's Monday has, in a real browser with real mail: two entries become one, a mistake is taken
back within its minutes and not after, and who is away has somebody who gets the mail.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from factory import clock
from factory.notices.models import Preference
from market.models import Match
from partners.models import Deputy, Region
from tests import make
from tests.browser.days import Days
from tests.journeys.visitor import links_in, mails_with
from tests.moving_clock import moving_clock
from tests.staff import at_the_desk

pytestmark = pytest.mark.timeout(300)
MINUTES = 300  # seconds in which a coordinator may take a move back
DESK = "/en" + reverse("admin:index").removeprefix("/nl")


@pytest.fixture
def days(postgres, transactional_db, settings):
    settings.TAKE_BACK_SECONDS = MINUTES
    with moving_clock(postgres, for_all=True):
        yield Days()


@pytest.fixture
def utrecht(cleo):
    """Cleo's own province."""
    province = Region.objects.get(code="PV26")
    province.coordinators.add(cleo)
    return province


@pytest.fixture
def cleos(page, days, live_server, enter, cleo, utrecht):
    """Cleo's browser, on her call list."""
    page.set_default_timeout(6000)
    enter(at_the_desk(cleo))
    page.goto(live_server.url + DESK)
    return page


@pytest.fixture
def another(browser, live_server):
    """``another(ada)``: the browser of somebody else, signed in as Ada; ``another()``: of a visitor."""
    contexts = []

    def open_one(client=None):
        context = browser.new_context(locale="en-GB")
        contexts.append(context)
        cookies = client.cookies.items() if client else ()
        context.add_cookies([
            {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in cookies
        ])  # fmt: skip
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def press(page, name):
    """A button or a link that looks like one, on the page itself."""
    both = page.locator("#content, main").get_by_role("button", name=name)
    with page.expect_navigation():
        both.or_(page.locator("#content, main").get_by_role("link", name=name)).first.click()


def find(page, words):
    """From anywhere at the desk to the page of an organisation, by its name."""
    page.get_by_role("link", name="Organisations", exact=True).first.click()
    page.locator("#searchbar").fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.locator("#result_list").get_by_role("link", name=words, exact=True).click()


@pytest.fixture
def begins(days, mailbox):
    """``begins()``: what was told while the people of the story were made has left."""

    def begin():
        days.wait(MINUTES + 1)
        mailbox.empty()

    return begin


def told(mailbox, person):
    return [mail["Subject"] for mail in mailbox.mails(person.email)]


def test_she_makes_one_of_two_and_the_owner_hears_it(
    cleos, days, mailbox, begins, another, live_server, broodnodig, ada
):
    twin = make.organisation("Bread and more")
    make.offer(by=twin, title="Bread every day")
    old = twin.get_absolute_url()
    Preference.objects.create(person=ada, preset="everything")
    begins()
    find(cleos, "Bread and more")
    cleos.get_by_text("More", exact=True).click()
    press(cleos, "Merge with another")
    cleos.get_by_label("Look for another").fill("Broodnodig")
    press(cleos, "Search")
    press(cleos, "Compare with Broodnodig")
    expect(cleos.get_by_text("This cannot be taken back.")).to_be_visible()
    press(cleos, re.compile("^Merge$"))
    expect(cleos).to_have_url(re.compile(f"/organisation/{broodnodig.pk}/change/"))

    reader = another()
    reader.goto(f"{live_server.url}/en{old}")
    expect(reader.get_by_role("heading", name="Broodnodig", level=1)).to_be_visible()
    expect(reader.get_by_text("Bread every day").first).to_be_visible()
    assert told(mailbox, ada) == []
    days.wait(MINUTES + 1)
    assert mails_with(mailbox, ada, "/partners/broodnodig/")
    assert told(mailbox, ada) == ["Broodnodig stond er twee keer in, en nu één keer"]


def suspend(page):
    press(page, "Suspend…")
    page.locator("textarea").fill("Nobody answers the phone")
    with page.expect_navigation():
        page.locator(".submit-row input").click()


def test_she_takes_a_mistake_back_within_its_minutes_and_not_after(
    cleos, days, mailbox, begins, broodnodig, ada
):
    begins()
    find(cleos, "Broodnodig")
    suspend(cleos)
    days.wait(MINUTES - 60)
    press(cleos, "Take back")
    broodnodig.refresh_from_db()
    assert broodnodig.state == "active"
    days.wait(MINUTES)
    assert told(mailbox, ada) == []

    # The second time it is meant. Once the mail has left, nothing is taken back.
    suspend(cleos)
    days.wait(MINUTES + 1)
    assert len(told(mailbox, ada)) == 1
    cleos.reload()
    expect(cleos.get_by_role("button", name="Bring back")).to_be_visible()
    expect(cleos.get_by_role("button", name="Take back")).to_have_count(0)
    broodnodig.refresh_from_db()
    assert broodnodig.state == "suspended"


def test_a_caterer_is_away_and_a_colleague_gets_the_mail_and_answers(
    cleos, days, mailbox, begins, another, live_server, client, match, ada, ben
):
    begins()
    client.force_login(ada)
    adas = another(client)
    adas.goto(f"{live_server.url}/en/partners/broodnodig/")
    press(adas, "I am away")
    adas.get_by_label("From which day are you away?").fill(f"{clock.today():%Y-%m-%d}")
    last = clock.today() + timedelta(days=7)
    adas.get_by_label("Up to and including which day?").fill(f"{last:%Y-%m-%d}")
    adas.get_by_label("Who gets your mail meanwhile?").select_option(
        label=f"{ben.name} ({ben.email})"
    )
    press(adas, re.compile("I am away"))
    expect(adas.get_by_text("Ben Editor gets the mail meanwhile")).to_be_visible()

    where = reverse("admin:market_listing_shortlist", args=[match.need_id]).removeprefix("/nl")
    cleos.goto(f"{live_server.url}/en{where}")
    press(cleos, "Approve what is ticked")
    days.wait(MINUTES + 1)
    assert told(mailbox, ada) == []
    (mail,) = mails_with(mailbox, ben, "/a/")
    bens = another()
    link = next(address for address in links_in(mail) if "/a/" in address)
    bens.goto(live_server.url + link[link.index("/a/") :])
    bens.get_by_role("main").get_by_role("button").first.click()
    expect(bens.get_by_text(match.need.contact.email)).to_be_visible()
    assert Match.objects.get(pk=match.pk).state == "introduced"


def test_she_is_away_and_her_deputy_gets_her_mail_and_her_list(
    cleos, days, mailbox, begins, another, live_server, client, cleo, dan, lunch
):
    begins()
    karin = make.coordinator("Karin Deputy")
    Region.objects.get(code="PV27").coordinators.add(karin)
    cleos.get_by_role("link", name="Deputies", exact=True).first.click()
    press(cleos, re.compile("^Add deputy"))
    cleos.get_by_label("Province").select_option(label="Utrecht")
    cleos.get_by_label("who is away").select_option(label=cleo.name)
    cleos.get_by_label("who stands in").select_option(label=karin.name)
    for name, days_on in (("from_date", 0), ("until_date", 1)):
        day = clock.today() + timedelta(days=days_on)
        cleos.locator(f"#id_{name}").fill(f"{day:%Y-%m-%d}")
    with cleos.expect_navigation():
        cleos.get_by_role("button", name="Save", exact=True).click()
    assert Deputy.objects.get().deputy == karin

    client.force_login(dan)
    reader = another(client)
    reader.goto(f"{live_server.url}/en{lunch.get_absolute_url()}report/")
    reader.get_by_label("What is wrong?").select_option("other")
    reader.get_by_role("main").get_by_role("button").last.click()
    reader.wait_for_url(f"**{lunch.get_absolute_url()}")
    days.wait(1)
    assert mails_with(mailbox, karin, lunch.title)
    assert told(mailbox, cleo) == []
    karins = another(at_the_desk(karin))
    karins.goto(live_server.url + DESK)
    expect(karins.locator("#content").get_by_text(lunch.title).first).to_be_visible()
