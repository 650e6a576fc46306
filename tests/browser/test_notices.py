"""What people are told, and how they answer it, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from factory.notices import digests
from factory.notices.letters import write
from factory.notices.models import Notice
from factory.notices.timing import last_digest
from market.lifecycle import match as matches
from market.models import Match
from tests import make
from tests.factory.notices.test_letters import parsed
from tests.staff import at_the_desk

LINK = re.compile(r"http://[^/]+(/(?:en/)?a/[^\s]+)")


@pytest.fixture
def letter(match, ada, cleo, settings):
    """The mail that asks Ada whether it fits."""
    settings.TAKE_BACK_SECONDS = 0
    Match.objects.filter(pk=match.pk).update(
        reasons=[{"code": "same_place", "name": "Utrecht"}, {"code": "far", "km": 80}]
    )
    matches.approve(match, by=cleo)
    return write(Notice.objects.mail().get(recipient=ada, template__contains="approve"))


def test_yes_is_two_presses_from_the_mail(visit, page, letter, match, noor):
    yes, _no = LINK.findall(letter[2])
    visit(yes)
    page.get_by_role("main").get_by_role("button").click()
    assert page.get_by_text(noor.email).is_visible()
    match.refresh_from_db()
    assert match.state == Match.State.INTRODUCED


def test_no_with_a_reason_works_by_keyboard(visit, page, letter, match):
    _yes, no = LINK.findall(letter[2])
    visit(no)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**?done")
    match.refresh_from_db()
    assert match.state == Match.State.DECLINED


def test_an_answer_works_without_scripts(browser, live_server, letter, match):
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(live_server.url + LINK.findall(letter[2])[0])
    plain.get_by_role("main").get_by_role("button").click()
    match.refresh_from_db()
    assert match.supplier_agreed_at


def test_the_pages_of_an_answer_that_does_not_work(visit, enter, letter, dan, ben, match):
    yes, no = LINK.findall(letter[2])
    visit(yes[:-3] + "/", status=404)
    enter(dan)
    visit(yes)
    enter(ben)
    visit(yes)
    matches.accept(match, by=ben)
    visit(no)


def test_the_amount_of_the_other_side_is_right(visit, page, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(match, by=noor, cents=81_250)
    notice = Notice.objects.mail().get(recipient=ada, template__contains="match/confirm")
    visit(LINK.findall(write(notice)[2])[0])
    page.get_by_role("button", name="812,50").click()
    match.refresh_from_db()
    assert match.realised_cents == 81_250


def test_what_a_person_reads_and_chooses(visit, enter, ada, letter):
    enter(ada)
    for path in ("/desk/inbox/", "/en/desk/inbox/", "/desk/mail/", "/en/desk/mail/"):
        visit(path)


def test_stopping_mail_is_one_press(visit, page, letter):
    address = parsed(letter)["List-Unsubscribe"].strip("<>")
    visit("/" + address.split("/", 3)[3])
    page.get_by_role("main").get_by_role("button").click()
    assert page.get_by_role("main").get_by_role("button").is_visible()


def test_the_delivery_log(visit, enter, letter, cleo, settings):
    enter(at_the_desk(cleo))
    visit(f"/{settings.ADMIN_PATH}notices/notice/", widths=(1280,))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_mails_themselves_fit_and_have_no_barrier(page, letter, noor, width):
    lines = Notice.objects.mail().filter(recipient=noor)
    lines.update(
        next_at=None, status="waiting", digest_at=last_digest(Notice.objects.first().created_at)
    )
    digests.gather()
    weekly = write(Notice.objects.get(recipient=noor, week__isnull=False))
    for mail in (letter, weekly):
        page.set_viewport_size({"width": width, "height": 900})
        html = parsed(mail).get_body(("html",)).get_content()
        page.set_content(html)
        assert BeautifulSoup(html, "html.parser").title.text == mail[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        assert Axe().run(page, options=rules).response["violations"] == []
