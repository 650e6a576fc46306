"""A need due next Thursday, walked in a real browser with real mail: asked, reminded twice, called about, over."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from factory import clock
from factory.working_days import is_working_day
from market.lifecycle.suggesting import suggest_for_waiting
from market.models import Listing, Match
from partners.models import Region
from tests import make
from tests.browser.days import Days
from tests.journeys.visitor import links_in
from tests.moving_clock import moving_clock
from tests.staff import at_the_desk

pytestmark = pytest.mark.timeout(300)
TITLE = "Lunch for the council"
DESK = "/en" + reverse("admin:index").removeprefix("/nl")
WEEKEND = {1, 2}


@pytest.fixture
def days(postgres, transactional_db):
    with moving_clock(postgres, for_all=True):
        yield Days()


def a_friday(after):
    """The first Friday to come whose next Thursday has nothing but working days before it."""
    friday = after + timedelta(days=(4 - after.weekday()) % 7 or 7)
    work = [friday + timedelta(days=n) for n in range(8) if n not in WEEKEND]
    return friday if all(map(is_working_day, work)) else a_friday(friday)


@pytest.fixture
def browsers(browser, live_server, client, cleo, noor, ada):
    """The pages of three people, each in a browser of their own; Ada is signed in nowhere."""
    type(ada).objects.filter(pk=ada.pk).update(phone="030 555 11 22")
    Region.objects.get(code="PV26").coordinators.add(cleo)
    client.force_login(noor)
    contexts = {}
    for name, who in {"noor": client, "cleo": at_the_desk(cleo), "ada": None}.items():
        contexts[name] = browser.new_context(locale="en-GB", base_url=live_server.url)
        contexts[name].add_cookies([
            {"name": key, "value": morsel.value, "url": live_server.url}
            for key, morsel in (who.cookies.items() if who else ())
        ])  # fmt: skip
        contexts[name].set_default_timeout(10_000)
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def post(page, thursday):
    """Noor posts what she needs, and when."""
    page.goto("/en/market/new/need/")
    page.get_by_label("What do you need?").fill(TITLE)
    page.get_by_text("Tell a little more").click()
    page.locator("#id_needed_by_date").fill(f"{thursday:%Y-%m-%d}")
    page.get_by_role("button", name="Put it on the market").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def approve(page, need):
    where = reverse("admin:market_listing_shortlist", args=[need.pk]).removeprefix("/nl")
    page.goto(f"/en{where}")
    with page.expect_navigation():
        page.get_by_role("button", name="Approve what is ticked").click()


def test_asked_reminded_twice_called_about_and_over(
    days, browsers, mailbox, broodnodig, lekstede, ada, noor
):
    friday: date = a_friday(clock.today())
    thursday = friday + timedelta(days=6)
    on = {n: friday + timedelta(days=n) for n in range(8)}
    noors, cleos, adas = browsers["noor"], browsers["cleo"], browsers["ada"]
    days.go_to(friday)
    make.offer(by=broodnodig, title="Lunches from our kitchen")
    mailbox.empty()
    post(noors, thursday)
    suggest_for_waiting()
    need = Listing.objects.get(title=TITLE)
    assert need.needed_by_date == thursday
    approve(cleos, need)
    days.wait(600)
    asked = len(to_ada(mailbox, ada))
    assert asked == 1

    # Saturday nobody works; Monday and Tuesday each bring one reminder, which opens and says until when.
    counts = []
    for n in (1, 3, 4, 5):
        days.go_to(on[n])
        counts.append(len(to_ada(mailbox, ada)) - asked)
    assert counts == [0, 1, 2, 2]
    adas.goto(answer_in(to_ada(mailbox, ada)[-1]))
    expect(adas.get_by_role("heading", name=TITLE)).to_be_visible()

    # Wednesday it stands among the calls, with her number.
    cleos.goto(DESK)
    queue = cleos.locator("section", has=cleos.get_by_role("heading", name="Nobody answered"))
    expect(queue.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    expect(queue.get_by_role("link", name="030 555 11 22")).to_be_visible()

    # Until the end of Thursday she may still say yes; on Friday the question is over, for everybody.
    days.go_to(thursday, hour=18)
    assert Match.objects.get().state == "approved"
    days.go_to(on[7], hour=9)
    assert (Match.objects.get().state, Match.objects.get().reason) == ("lapsed", "no_reply")
    adas.reload()
    expect(adas.get_by_role("heading", name="This is no longer possible")).to_be_visible()
    cleos.goto(DESK)
    expect(cleos.get_by_role("heading", name="Nobody answered")).to_have_count(0)
    noors.goto("/en" + Match.objects.get().get_absolute_url())
    expect(noors.get_by_text("Lapsed without an answer").first).to_be_visible()


def to_ada(mailbox, ada):
    return [m for m in mailbox.mails(ada.email) if TITLE in m.get_body(("plain",)).get_content()]


def answer_in(mail):
    """Where the first button of a mail leads, in English."""
    link = next(address for address in links_in(mail) if "/a/" in address)
    return "/en" + link[link.index("/a/") :]
