"""The coordinators' first page and the market's lists."""

from datetime import timedelta

import pytest
from django.urls import reverse

from market.admin.queue import coordinator_queues
from market.lifecycle import listing as listings
from market.models import Listing, Match, Report
from partners.models import Region
from tests import make
from tests.staff import at_the_desk

INDEX = reverse("admin:index")
SUGGESTED = 2  # which queue it is


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


def waiting(person):
    return [[row["title"] for row in queue["rows"]] for queue in coordinator_queues(person)]


def late(match):
    Match.objects.filter(pk=match.pk).update(call_at=match.created_at - timedelta(days=2))
    return match


def test_everything_that_waits_stands_on_the_first_page(desk, cleo, lunch):
    make.match(need=lunch)
    silent, differ = late(make.match("approved")), make.match("disputed")
    reported = make.offer(title="Cheap watches")
    listings.report(reported, by=make.person(), why="misleading", text="")
    assert waiting(cleo) == [
        [silent.need.title],
        [differ.need.title],
        [lunch.title],
        ["Cheap watches"],
    ]
    text = desk.get(INDEX).content.decode()
    assert all(title in text for queue in waiting(cleo) for title in queue)


def test_what_does_not_wait_does_not_stand_there(cleo):
    for state in ("dismissed", "approved", "introduced", "completed"):
        make.match(state)
    assert waiting(cleo) == [[], [], [], []]


def test_a_coordinator_of_one_province_sees_that_province(cleo):
    here, there = (
        make.need(),
        make.need(by=make.organisation(kind="municipality", place="Groningen")),
    )
    for need in (here, there):
        make.match(need=need)
    Region.objects.get(name="Groningen", kind="province").coordinators.add(cleo)
    assert waiting(cleo)[SUGGESTED] == [there.title]


def test_the_suggestions_of_a_need_that_left_the_market_do_not_wait(cleo):
    need = make.match().need
    listings.take_down(need, by=cleo, because="It is an advertisement.")
    assert waiting(cleo)[SUGGESTED] == []


def test_ten_queries_for_a_queue_of_one_and_of_thirty(desk, django_assert_max_num_queries):
    for state in ("suggested", "approved", "disputed"):
        for _number in range(10):
            late(make.match(state))
    with django_assert_max_num_queries(10):
        desk.get(INDEX)


@pytest.mark.parametrize("model", ["listing", "match", "report"])
def test_the_lists_take_ten_queries_at_most(desk, model, django_assert_max_num_queries):
    for _number in range(5):
        Report.objects.create(listing=make.match().need, why="other", at="2026-01-01T00:00Z")
    with django_assert_max_num_queries(10):
        answer = desk.get(reverse(f"admin:market_{model}_changelist"), {"in": "all"}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("state", ["suggested", "approved", "completed"])
def test_a_match_can_be_read(desk, state):
    match = make.match(state)
    answer = desk.get(reverse("admin:market_match_change", args=[match.pk]))
    assert match.organisation.name in answer.content.decode()


def test_a_listing_is_taken_down_with_words_and_its_reports_are_answered(desk, cleo):
    bad = make.offer(title="Cheap watches")
    listings.report(bad, by=make.person(), why="misleading", text="")
    address = reverse("admin:market_listing_change", args=[bad.pk]).removesuffix("change/")
    desk.post(f"{address}move/take_down/", {"token": "t", "because": "An advertisement."})
    assert Listing.objects.get(pk=bad.pk).taken_down_because == "An advertisement."
    assert not Report.objects.filter(handled_at=None).exists()


def test_a_report_can_be_marked_as_handled(desk, cleo):
    listings.report(make.offer(), by=make.person(), why="other", text="Odd")
    data = {"action": "handled", "_selected_action": [Report.objects.get().pk]}
    desk.post(reverse("admin:market_report_changelist"), data)
    assert Report.objects.get().handled_at
