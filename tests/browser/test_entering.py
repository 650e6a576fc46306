"""Writing an entry in a real browser: it keeps itself, counts words, and two colleagues see each other's words."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from challenges.models import Entry, FormQuestion
from tests import contest, make
from tests.challenges.test_attachments import attach

pytestmark = pytest.mark.slow


@pytest.fixture
def entry(broodnodig, ada):
    """A draft for an open challenge with one question, a budget, a partner and a file."""
    made = contest.contest("shaping")
    FormQuestion.objects.create(challenge=made.challenge, text="Who drives?", most_words=6)
    made.ago = contest.LATER
    for step in ("approve", "schedule", "publish"):
        getattr(made, step)()
    made.challenge.refresh_from_db()
    parts = {
        "own_share": 60,
        "partners": [{"name": "A club", "share": 40, "organisation": None}],
        "budget": [{"label": "Two cars", "cents": 5_000_000}],
    }
    one = contest.entry(made.challenge, broodnodig, "draft", **parts)
    attach(one)
    return one


@pytest.fixture
def colleague(browser, broodnodig, live_server):
    """A second browser, in which somebody of the same organisation writes."""
    client = Client()
    client.force_login(make.member(broodnodig, "writer", "Wim Writes"))
    context = browser.new_context()
    context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )
    yield context.new_page()
    context.close()


def saved(page):
    """What is done here ends in the server's word that it is kept: the page says when it was saved from the start."""
    return page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok)


def test_it_keeps_itself_and_a_refresh_makes_no_second_draft(page, enter, live_server, entry, ada):
    enter(ada)
    page.goto(f"{live_server.url}/en/challenges/entries/{entry.pk}/write/")
    answer = page.get_by_label("Who drives?")
    answer.fill("One two three four five")
    expect(page.get_by_text("1 left", exact=True).first).to_be_visible()
    with saved(page):
        answer.press("Tab")
    page.get_by_label("Amount 2").fill("1.250,50")
    expect(page.locator("output")).to_have_text("51,250.5")
    page.reload()
    expect(answer).to_have_value("One two three four five")
    assert Entry.objects.count() == 1
    question = entry.challenge.questions_asked.get()
    assert Entry.objects.get().typed[f"answer-{question.pk}"] == "One two three four five"


def test_two_colleagues_never_overwrite_each_other_unseen(
    page, colleague, enter, live_server, entry, ada
):
    enter(ada)
    address = f"{live_server.url}/en/challenges/entries/{entry.pk}/write/"
    page.goto(address)
    colleague.goto(address)
    first = page.get_by_label("Line 1: for what")
    first.fill("Three cars")
    with saved(page):
        first.press("Tab")
    second = colleague.get_by_label("Line 1: for what")
    second.fill("One bus")
    second.press("Tab")
    expect(colleague.get_by_text("A colleague changed this meanwhile")).to_be_visible()
    colleague.get_by_role("button", name="Save and come back").click()
    expect(colleague.get_by_role("alert").get_by_text("Three cars")).to_be_visible()
    expect(second).to_have_value("One bus")
    assert Entry.objects.get().typed["budget0-label"] == "Three cars"


@pytest.mark.parametrize("language", ["", "/en"])
def test_form_page_and_receipt_are_good(visit, enter, entry, ada, language):
    enter(ada)
    visit(f"{language}/challenges/entries/{entry.pk}/write/")
    visit(f"{language}/challenges/entries/{entry.pk}/")
