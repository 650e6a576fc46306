"""On the page of an open call: why it is for the reader's organisation; what was seen and what was said of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from challenges.models import CallImpression, Challenge, NotForThem
from factory import clock
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
    for page in (page_of(call), page_of(call), DESK):
        client.get(page)
    (seen,) = CallImpression.objects.all()
    assert (seen.challenge, seen.organisation, seen.shown_to, seen.rank) == (call, shop, ada, 1)
    assert set(seen.features) == {"text", "themes", "near", "goals"}
    assert 0 < seen.score <= 1
    CallImpression.objects.update(shown_at=clock.now() - timedelta(days=8))
    client.get(DESK)
    assert CallImpression.objects.count() == 2


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


@pytest.mark.parametrize(
    "wrong",
    [{"decision": "not_for_us"}, {"reason": "distance"}, {"decided_at": "2026-01-01T00:00Z"}],
)
def test_postgresql_keeps_a_decision_whole(call, shop, wrong):
    facts = {"challenge": call, "organisation": shop, "rank": 1, "score": 0.5}
    with pytest.raises(IntegrityError, match="call_impression_decided_whole"), transaction.atomic():
        CallImpression.objects.create(**facts, **wrong)
    CallImpression.objects.create(**facts)
