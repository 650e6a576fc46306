"""The chair's proposal in a real browser: short with many entries, and no word lost in a fold."""

import pytest
from playwright.sync_api import expect

from challenges.models import Finding
from tests import contest, make

pytestmark = pytest.mark.slow
MANY = 20
SCREENS = 8  # of a phone, for twenty entries and the report


@pytest.fixture
def made():
    made = contest.contest("consensus", entrants=[make.organisation() for _n in range(MANY)])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True).person
    return made


@pytest.fixture
def proposal(page, enter, live_server, made):
    enter(made.chair)
    page.goto(f"{live_server.url}/en{made.challenge.get_absolute_url()}propose/")
    return page


def entry(page, number):
    return page.locator(".verdict").nth(number - 1)


def choose(one, outcome):
    one.get_by_text(outcome, exact=True).click()


def fill(one, text):
    for box in one.locator("textarea").all():
        box.fill(text)


def test_twenty_entries_are_short_on_a_phone(visit, enter, made):
    enter(made.chair)
    page = visit(f"{made.challenge.get_absolute_url()}propose/")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollHeight") < SCREENS * 844


def test_a_choice_asks_what_belongs_to_it_and_the_sum_goes_along(proposal):
    first, total = entry(proposal, 1), proposal.locator("[data-sum]")
    expect(first.get_by_label("Award, without VAT")).to_be_hidden()
    choose(first, "Award")
    first.get_by_label("Award, without VAT").fill("75000")
    expect(first.locator("textarea").first).to_be_visible()
    expect(total).to_have_text("75,000")
    choose(first, "None")
    expect(first.get_by_label("Award, without VAT")).to_be_hidden()
    expect(total).to_have_text("0")
    choose(first, "Reserve")
    expect(first.get_by_label("Place in the reserve")).to_be_visible()
    choose(first, "Award")
    expect(first.get_by_label("Award, without VAT")).to_have_value("75000")
    expect(total).to_have_text("75,000")


def test_what_was_typed_before_another_choice_is_not_sent_and_the_words_are(proposal, made):
    first, second = entry(proposal, 1), entry(proposal, 2)
    choose(first, "Award")
    first.get_by_label("Award, without VAT").fill("75000")
    fill(first, "Well thought out.")
    choose(first, "None")
    first.locator("summary").click()  # folded again
    choose(second, "Award")
    second.get_by_label("Award, without VAT").fill("25000")
    proposal.get_by_role("button", name="Save and go on later").click()
    expect(proposal).not_to_have_url(f"*{made.challenge.slug}/propose/")
    rows = dict(Finding.objects.values_list("entry__number", "cents"))
    assert (rows[1], rows[2]) == (None, 2_500_000)
    assert Finding.objects.get(entry__number=1).reason == "Well thought out."


def test_without_script_the_words_open_by_hand_and_what_is_missing_stands_open(
    browser, live_server, made, enter, page
):
    enter(made.chair)
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{live_server.url}/en{made.challenge.get_absolute_url()}propose/")
    first, second = entry(plain, 1), entry(plain, 2)
    choose(first, "Award")
    first.get_by_label("Award, without VAT").fill("75000")
    first.locator("summary").click()
    fill(first, "Well thought out.")
    second.locator("summary").click()
    second.locator("textarea").first.fill("It is cheap.")
    plain.get_by_role("button", name="Propose the awards").click()
    expect(second.get_by_text("Entry 2: nothing is written here yet.").first).to_be_visible()
    expect(entry(plain, 3).get_by_text("The reasons are not written yet.")).to_be_visible()
    expect(first.locator("textarea").first).to_have_value("Well thought out.")
    context.close()
