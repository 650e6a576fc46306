"""The coordinators' first page and the market's lists."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factory import clock
from factory.coordination.models import Note
from market.admin.queue import coordinator_queues
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match, Report
from partners.models import Region
from tests import make
from tests.staff import at_the_desk

INDEX = reverse("admin:index")


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


def waiting(person, **how):
    """``{queue: [titles]}`` of what waits."""
    found = {}
    for queue in coordinator_queues(person, **how):
        if queue.rows:
            found.setdefault(queue.key, []).extend(row.title for row in queue.rows)
    return found


def rows_of(person, key):
    return next(q.rows for q in coordinator_queues(person) if q.key == key and q.rows)


def late(match, **moments):
    days = {"call_at": 2, **moments}
    facts = {name: match.created_at - timedelta(days=n) for name, n in days.items()}
    Match.objects.filter(pk=match.pk).update(**facts)
    return match


def test_everything_that_waits_stands_on_the_first_page(desk, cleo, lunch):
    make.match(need=lunch)
    silent, differ = late(make.match("approved")), make.match("disputed")
    quiet = late(make.match("introduced"), introduced_at=8)
    reported = make.offer(title="Cheap watches")
    listings.report(reported, by=make.person(), why="misleading", text="")
    assert waiting(cleo) == {
        "asked": [silent.need.title],
        "silent": [quiet.need.title],
        "differ": [differ.need.title],
        "decide": [lunch.title],
        "reports": ["Cheap watches"],
    }
    text = desk.get(INDEX).content.decode()
    assert all(title in text for titles in waiting(cleo).values() for title in titles)


def test_what_does_not_wait_does_not_stand_there(cleo):
    for state in ("dismissed", "approved", "introduced", "agreed", "completed"):
        make.match(state)
    assert waiting(cleo) == {}


def test_who_gave_a_price_is_not_silent_while_the_buyer_may_still_choose(cleo, lunch):
    make.asks_prices(lunch, closed=True)  # since yesterday
    late(make.quote(lunch, 900_000, closed=True), introduced_at=20)
    assert waiting(cleo) == {}
    with clock.replay(clock.now() - timedelta(days=9)):
        other = make.need(by=lunch.organisation)
        make.asks_prices(other, closed=True)
    with clock.replay(clock.now() - timedelta(days=10)):
        for cents in (900_000, 950_000, 990_000):
            late(make.quote(other, cents, closed=True), introduced_at=2)
    assert waiting(cleo) == {"choice": [other.title]}  # once, not once for each price
    assert [name for name, _phone in rows_of(cleo, "choice")[0].people] == [
        "Noor Buyer, Gemeente Lekstede"
    ]


def test_a_need_of_this_week_waits_until_a_supplier_says_yes(cleo, lekstede):
    soon, later = (
        make.need(by=lekstede, needed_by_date=clock.today() + timedelta(days=n)) for n in (3, 20)
    )
    assert waiting(cleo) == {"due": [soon.title]}
    make.match("introduced", need=soon)
    assert waiting(cleo) == {}
    assert later.state == "live"


def test_a_need_whose_day_has_passed_waits_until_somebody_settles_it(cleo, lekstede, noor):
    need = make.need(by=lekstede, needed_by_date=clock.today() + timedelta(days=1))
    Listing.objects.filter(pk=need.pk).update(needed_by_date=clock.today() - timedelta(days=1))
    assert waiting(cleo) == {"due": [need.title]}
    assert "voorbij" in rows_of(cleo, "due")[0].meta
    listings.withdraw(need, by=noor)
    assert waiting(cleo) == {}


def test_a_row_names_whom_to_call_with_the_number(cleo, noor, lunch, broodnodig):
    type(noor).objects.filter(pk=noor.pk).update(phone="06 00 00 00 01")
    type(broodnodig).objects.filter(pk=broodnodig.pk).update(phone="030 555 01 99")
    late(make.match("approved", need=lunch, supplier=broodnodig))
    assert [row.people for row in rows_of(cleo, "asked")] == [
        [("Ada Owner, Broodnodig", "030 555 01 99")]
    ]
    Match.objects.update(introduced_at=None, buyer_agreed_at=None)
    assert rows_of(cleo, "asked")[0].people[0] == (
        "Noor Buyer, Gemeente Lekstede",
        "06 00 00 00 01",
    )


def test_an_amount_is_awaited_of_the_side_that_has_not_noted_one(cleo, match, noor, ada):
    for move, by in (("approve", cleo), ("accept", ada)):
        getattr(matches, move)(match, by=by)
    matches.confirm(match, by=noor, cents=100_000)
    assert [name for name, _phone in rows_of(cleo, "amounts")[0].people] == [
        "Ada Owner, Broodnodig"
    ]


def test_who_is_called_back_later_leaves_the_list_until_that_day(cleo):
    match = late(make.match("approved"))
    matches.note(match, by=cleo, text="On holiday", call_back_on=clock.today() + timedelta(days=5))
    assert waiting(cleo) == {}
    Note.objects.update(call_back_on=clock.today())
    assert waiting(cleo) == {"back": [match.need.title]}
    matches.note(match, by=cleo, spoke=True)
    assert waiting(cleo) == {"asked": [match.need.title]}


def test_a_coordinator_of_one_province_sees_that_province_and_all_on_asking(cleo):
    here, there = (
        make.need(),
        make.need(by=make.organisation(kind="municipality", place="Groningen")),
    )
    for need in (here, there):
        make.match(need=need)
    Region.objects.get(name="Groningen", kind="province").coordinators.add(cleo)
    assert waiting(cleo) == {"decide": [there.title]}
    assert waiting(cleo, everywhere=True) == {"decide": [here.title, there.title]}


def test_the_suggestions_of_a_need_that_left_the_market_do_not_wait(cleo):
    need = make.match().need
    listings.take_down(need, by=cleo, because="It is an advertisement.")
    assert waiting(cleo) == {}


def test_the_first_page_shows_ten_of_a_kind_and_says_how_many_more_there_are(desk, cleo):
    for _number in range(12):
        late(make.match("approved"))
    queue = next(q for q in coordinator_queues(cleo) if q.key == "asked")
    assert (len(queue.rows), queue.total, queue.more) == (10, 12, "2")
    assert (
        reverse("admin:market_match_changelist") + "?in=approved"
        in desk.get(INDEX).content.decode()
    )


@pytest.mark.parametrize("number", [1, 12])
def test_ten_queries_for_a_queue_of_one_and_of_twelve(desk, number, django_assert_max_num_queries):
    for state in ("suggested", "approved", "disputed"):
        for _number in range(number):
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
