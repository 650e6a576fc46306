"""A juror in a real browser: marks keep themselves; the keyboard alone, a phone, no script; the clock of a pitch."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from challenges.models import Assessment, Criterion, Score
from tests import contest, make

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}
ANCHORS = {"low": "Nobody notices.", "middle": "Some notice.", "high": "The whole town does."}


class Anchored(contest.Contest):
    """A challenge whose criteria say what a 2, a 6 and a 10 are."""

    def bring(self):
        super().bring()
        Criterion.objects.filter(challenge=self.challenge).update(**ANCHORS)


@pytest.fixture
def made():
    """Two entries that Eva scores."""
    houses = [make.organisation("Buurtbus"), make.organisation("Samen Rijden")]
    made = Anchored("scoring", None, houses, "subsidy", contest.CRITERIA, {})
    made.seat = contest.juror(made.challenge)
    made.first, made.second = (contest.assessment(one, made.seat) for one in made.entries)
    return made


@pytest.fixture
def scoring(page, enter, live_server, made):
    """Eva's page of the first entry."""
    enter(made.seat.person)
    page.goto(f"{live_server.url}/en{made.first.get_absolute_url()}")
    return page


def saved(page):
    """What is done here ends in the server's word that it is kept."""
    return page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok)


def kept(assessment):
    """``{criterion: (mark, why)}`` as the database has them."""
    rows = Score.objects.filter(assessment=assessment).select_related("criterion")
    return {row.criterion.title: (row.points, row.motivation) for row in rows}


def marks(page, title):
    return page.get_by_role("group", name=f"Mark for {title}, from 1 to 10")


def whys(page):
    return page.locator("fieldset.score textarea")


def test_marks_keep_themselves(scoring, made):
    with saved(scoring):
        marks(scoring, "Impact").get_by_text("8", exact=True).click()
    whys(scoring).first.fill("It reaches whom nobody else reaches.")
    with saved(scoring):
        whys(scoring).nth(1).focus()
    assert kept(made.first)["Impact"] == (8, "It reaches whom nobody else reaches.")
    scoring.reload()
    expect(marks(scoring, "Impact").get_by_label("8", exact=True)).to_be_checked()
    expect(whys(scoring).first).to_have_value("It reaches whom nobody else reaches.")


def test_two_devices_never_overwrite_each_other_unseen(scoring, made, live_server):
    other = scoring.context.new_page()
    other.goto(scoring.url)
    with saved(scoring):
        marks(scoring, "Impact").get_by_text("8", exact=True).click()
    with other.expect_response(lambda answer: answer.status == 409):
        marks(other, "Impact").get_by_text("3", exact=True).click()
    expect(other.get_by_text("changed on another device")).to_be_visible()
    assert kept(made.first)["Impact"][0] == 8


def test_the_keyboard_alone_scores_with_the_anchors_and_locks(scoring, made):
    for title, criterion in zip(("Impact", "Feasibility"), "ab", strict=True):
        group = marks(scoring, title)
        expect(group).to_have_accessible_description(re.compile("Some notice."))
        group.get_by_role("radio").first.focus()
        for _step in range(6):
            scoring.keyboard.press("ArrowRight")
        scoring.keyboard.press("Tab")
        scoring.keyboard.type(f"Why {criterion}")
        scoring.keyboard.press("Tab")
    for name in ("Save, and to the next", "Save, and lock"):
        expect(scoring.get_by_role("button", name=name)).to_be_enabled()
    expect(scoring.get_by_role("button", name="Save, and to the next")).to_be_focused()
    scoring.keyboard.press("Tab")
    scoring.keyboard.press("Enter")
    lock = scoring.get_by_role("main").get_by_role("button")
    expect(lock).to_have_count(1)
    lock.focus()
    scoring.keyboard.press("Enter")
    scoring.wait_for_url("**/jury/")
    assert kept(made.first) == {"Impact": (7, "Why a"), "Feasibility": (7, "Why b")}
    assert Assessment.objects.get(pk=made.first.pk).state == "locked"


def test_it_works_on_a_phone(scoring, made):
    scoring.set_viewport_size(PHONE)
    assert scoring.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    boxes = [label.bounding_box() for label in marks(scoring, "Impact").locator("label").all()]
    assert len(boxes) == 10
    for box in boxes:
        assert min(box["width"], box["height"]) >= 44, box
        assert box["x"] + box["width"] <= PHONE["width"]
    with saved(scoring):
        marks(scoring, "Impact").get_by_text("10", exact=True).click()
    assert kept(made.first)["Impact"][0] == 10


def test_without_javascript_the_buttons_do_it(browser, live_server, made):
    client = Client()
    client.force_login(made.seat.person)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/en{made.first.get_absolute_url()}")
    for title, mark in (("Impact", "9"), ("Feasibility", "4")):
        marks(page, title).get_by_label(mark, exact=True).check()
    for box in whys(page).all():
        box.fill("Well thought out.")
    page.get_by_role("button", name="Save, and to the next").click()
    assert page.url.endswith(made.second.get_absolute_url())
    assert kept(made.first)["Feasibility"] == (4, "Well thought out.")
    context.close()


@pytest.fixture
def clock(page, enter, live_server):
    """The page of the pitches of a challenge in which everybody gets 20 minutes, on a clock that the test moves."""
    made = contest.contest("pitching", entrants=[make.organisation()], pitch_minutes=20)
    chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    enter(chair.person)
    page.clock.install()
    page.goto(f"{live_server.url}/en{made.challenge.get_absolute_url()}pitches/")
    return page


def test_the_clock_starts_stops_and_gives_everybody_the_same_time(clock):
    timer, told = clock.get_by_role("timer"), clock.locator("[data-told]")
    expect(timer).to_have_text("20:00")
    clock.get_by_role("button", name="Start the clock").click()
    clock.clock.run_for(61_000)
    expect(timer).to_have_text("18:59")
    clock.get_by_role("button", name="Stop the clock").click()
    clock.clock.run_for(30_000)
    expect(timer).to_have_text("18:59")
    clock.get_by_role("button", name="Let the clock go on").click()
    clock.clock.run_for(18 * 60_000)
    expect(timer).to_have_text("0:59")
    expect(told).to_have_text("Less than a minute left.")
    clock.clock.run_for(60_000)
    expect(timer).to_have_text("−0:01")
    expect(told).to_have_text("The time is over.")
    clock.get_by_role("button", name="Back to the start").click()
    expect(timer).to_have_text("20:00")
    expect(told).to_have_text("")
    clock.clock.run_for(5000)
    expect(timer).to_have_text("20:00")
    expect(clock.get_by_role("button", name="Start the clock")).to_be_visible()
