"""On the page of an open call: why it is for the reader's organisation; what was seen and what was said of it."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from pytest_django.asserts import assertContains, assertNotContains

from challenges.foryou import fitting, seen
from challenges.models import CallImpression, Challenge, NotForThem
from factory import clock
from partners.whose import organisation_of
from tests import contest, make
from tests.challenges.test_calling import call, driver
from tests.challenges.test_calling_pages import DESK, PRESS, shop
from tests.challenges.test_jury_pages import queries

pytestmark = pytest.mark.django_db
__all__ = ["call", "shop"]


def page_of(call):
    return f"/en/challenges/{call.slug}/"


def test_who_could_answer_reads_why_it_is_for_them(client, call, shop, ada):
    client.force_login(ada)
    page = client.get(page_of(call))
    assertContains(page, "reasons for Samen Rijden")
    assertContains(page, "Both work on")
    assertContains(page, "Not for us, because …")


@pytest.mark.parametrize(
    "who", ["nobody", "of the buyer", "of no organisation", "of another trade"]
)
def test_nobody_else_reads_anything_of_it(client, call, shop, noor, who):
    other = make.organisation("Taart", mission="Bread.")
    people = {"of the buyer": noor, "of another trade": other.owner}
    if who != "nobody":
        client.force_login(people.get(who) or make.person())
    assertNotContains(client.get(page_of(call)), 'class="foryou"')
    assert not CallImpression.objects.exists()


def test_a_call_that_is_closed_proposes_itself_to_nobody(client, shop, ada):
    client.force_login(ada)
    assertNotContains(client.get(page_of(contest.challenge("closed"))), 'class="foryou"')


def test_what_was_seen_is_kept_once_a_week_with_its_parts(client, call, shop, ada):
    client.force_login(ada)
    client.head(page_of(call))
    client.get(page_of(call), headers={"Sec-Purpose": "prefetch"})
    assert not CallImpression.objects.exists()
    for page in (page_of(call), page_of(call), DESK, DESK):
        client.get(page)
    on_page, on_desk = CallImpression.objects.order_by("pk")
    assert (on_page.rank, on_desk.rank) == (None, 1)
    for one in (on_page, on_desk):
        assert (one.challenge, one.organisation, one.shown_to) == (call, shop, ada)
        assert set(one.features) == {"text", "themes", "near", "goals"}
        assert 0 < one.score <= 1
    CallImpression.objects.update(shown_at=clock.now() - timedelta(days=8))
    for page in (DESK, DESK, page_of(call)):
        client.get(page)
    assert CallImpression.objects.count() == 4


def test_of_two_who_look_at_the_same_time_the_second_breaks_nothing(client, call, shop, ada):
    request = RequestFactory().get(page_of(call))
    request.user = ada
    us = organisation_of(ada)
    for ranked, among in ((True, None), (False, [call.pk])):
        first, second = fitting(us, (), among), fitting(us, (), among)
        seen(request, us, first, ranked)
        seen(request, us, second, ranked)
    assert [one.rank for one in CallImpression.objects.order_by("pk")] == [1, None]


def test_not_for_us_stands_there_from_then_on_with_the_way_back(client, call, shop, ada):
    client.force_login(ada)
    page = page_of(call)
    client.get(page)
    client.post(PRESS, {"because": f"{call.slug}:distance", "next": page})
    seen = CallImpression.objects.get()
    assert (seen.decision, seen.reason) == ("not_for_us", "distance")
    assert seen.decided_at == NotForThem.objects.get().at
    assertNotContains(client.get(page), 'class="foryou"')
    assertContains(client.get(page), "What you said is not for Samen Rijden")
    client.post(PRESS, {"undo": call.slug, "next": page})
    assertContains(client.get(page), 'class="foryou"')
    seen.refresh_from_db()
    assert (seen.decision, seen.reason, seen.decided_at) == ("", "", None)


def test_who_looks_on_reads_it_and_may_not_say_it(client, call, shop):
    client.force_login(make.member(shop, "viewer"))
    assertContains(client.get(page_of(call)), 'class="foryou"')
    assertNotContains(client.get(page_of(call)), "Not for us, because …")


def test_it_costs_a_member_a_set_number_of_queries_and_a_visitor_none(client, call, shop, ada):
    stranger = make.person()
    alone = queries(client, page_of(call))
    client.force_login(stranger)
    known = queries(client, page_of(call))
    client.force_login(ada)
    costs = set()
    for size in (1, 3, 50):
        while Challenge.objects.open().count() < size:
            contest.challenge("open").themes.set(call.themes.all())
        costs.add(queries(client, page_of(call)))
    assert costs == {known + 8}
    assert alone <= 8


def test_of_two_that_become_one_what_was_seen_stays(client, call, shop, ada, cleo):
    client.force_login(ada)
    client.get(page_of(call))
    other = driver("Rijders")
    make.organisations.merge(shop, by=cleo, into=other)
    assert CallImpression.objects.get().organisation == other


def test_of_two_that_both_saw_it_that_week_once_is_kept(client, call, shop, ada, cleo):
    other = driver("Rijders")
    for person in (ada, other.owner):
        client.force_login(person)
        client.get(page_of(call))
    client.get(DESK)
    make.organisations.merge(shop, by=cleo, into=other)
    kept = CallImpression.objects.order_by("pk").values_list("organisation", "rank")
    assert list(kept) == [(other.pk, None), (other.pk, 1)]


@pytest.mark.parametrize(
    "wrong",
    [{"decision": "not_for_us"}, {"reason": "distance"}, {"decided_at": "2026-01-01T00:00Z"}],
)
def test_postgresql_keeps_a_decision_whole(call, shop, wrong):
    facts = {"challenge": call, "organisation": shop, "rank": 1, "score": 0.5}
    with pytest.raises(IntegrityError, match="call_impression_decided_whole"), transaction.atomic():
        CallImpression.objects.create(**facts, **wrong)
    CallImpression.objects.create(**facts)


AGAIN = """INSERT INTO challenges_callimpression
    (challenge_id, organisation_id, rank, score, features, shown_at, decision, reason)
    SELECT challenge_id, organisation_id, %s, score, features, shown_at + %s::interval, '', ''
    FROM challenges_callimpression LIMIT 1"""


@pytest.mark.parametrize(
    ("rank", "later", "fits"),
    [(1, "0", False), (2, "1 day", False), (None, "0", True), (1, "7 days", True)],
)
def test_postgresql_keeps_one_a_week_on_a_desk_and_one_on_the_page(call, shop, rank, later, fits):
    monday = "2026-01-05T09:00Z"
    facts = {"challenge": call, "organisation": shop, "rank": 1, "score": 0.5}
    CallImpression.objects.create(shown_at=monday, **facts)
    expected = (
        nullcontext()
        if fits
        else pytest.raises(IntegrityError, match="call_impression_once_a_week")
    )
    with expected, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AGAIN, [rank, later])
    assert CallImpression.objects.count() == 1 + fits
