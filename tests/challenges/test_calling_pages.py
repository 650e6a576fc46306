"""The coordinators' page of whom to invite, and challenges for you on a desk, with one press that says no."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.lifecycle.calling import invite_partner, refuse
from challenges.models import Invited, NotForThem
from tests import contest, make
from tests.challenges.test_calling import call, driver
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db
DESK = "/en/desk/"
PRESS = "/en/challenges/not-for-us/"
__all__ = ["call"]


def page_of(call):
    return reverse("admin:challenges_challenge_invite", args=[call.pk])


def test_a_coordinator_ticks_and_invites_and_reads_why(call, cleo):
    near, far = driver("Dichtbij"), driver("Ver Weg", place="Groningen")
    desk = at_the_desk(cleo)
    page = desk.get(page_of(call))
    assertContains(page, "Dichtbij")
    assertContains(page, "Allebei werken aan")
    facts = {"invite": "set", "token": "t", "organisation": [near.pk, far.pk]}
    for _twice in range(2):
        desk.post(page_of(call), facts)
    assert set(Invited.objects.values_list("organisation", flat=True)) == {near.pk, far.pk}
    assertContains(desk.get(page_of(call)), "Eerder uitgenodigd")


def test_nobody_ticked_or_nonsense_invites_nobody(call, cleo):
    desk = at_the_desk(cleo)
    for ticked in ([], ["x"], ["99999999999999999999999"]):
        page = desk.post(page_of(call), {"invite": "set", "organisation": ticked}, follow=True)
        assertContains(page, "Niemand")
    assert not Invited.objects.exists()


def test_somebody_else_is_found_by_name_and_invited(call, cleo):
    bakery = make.organisation("De Broodplank", mission="")
    desk = at_the_desk(cleo)
    assertContains(desk.get(page_of(call), {"q": "broodpl"}), "De Broodplank")
    desk.post(page_of(call), {"add": bakery.pk})
    assert Invited.objects.get().organisation == bakery
    assertNotContains(desk.get(page_of(call), {"q": "broodpl"}), "Uitnodigen: De Broodplank")


def test_a_call_that_is_closed_shows_who_was_invited_and_takes_nobody(cleo):
    made = contest.challenge("closed")
    driver("Samen Rijden")
    page = at_the_desk(cleo).get(page_of(made))
    assertContains(page, "zolang de oproep open is")
    assertNotContains(page, "Samen Rijden")


def test_what_is_not_there_is_404_and_who_is_no_coordinator_does_not_come_here(
    call, cleo, client, noor
):
    assert at_the_desk(cleo).get(page_of(call).replace(str(call.pk), "999999")).status_code == 404
    client.force_login(noor)
    assert client.get(page_of(call)).status_code == 403


@pytest.mark.parametrize("name", ["invite"])
def test_the_page_costs_the_same_for_one_three_and_fifty(call, cleo, name):
    desk, costs = at_the_desk(cleo), set()
    for size in (1, 3, 50):
        while Invited.objects.count() < size:
            invite_partner(call, by=cleo, organisation=driver())
            refuse(call, driver(), by=cleo, reason="timing")
            driver()
        desk.get(page_of(call))
        with CaptureQueriesContext(connection) as found:
            assert desk.get(page_of(call)).status_code == 200
        costs.add(len(found))
    assert len(costs) == 1, costs


# On a desk


@pytest.fixture
def shop(call, ada):
    made = driver("Samen Rijden", owner=ada)
    return made


def press(client, call, reason="distance"):
    return client.post(PRESS, {"because": f"{call.slug}:{reason}", "next": DESK}, follow=True)


def test_what_fits_stands_on_the_desk_with_reasons(client, call, shop, ada):
    client.force_login(ada)
    page = client.get(DESK)
    assertContains(page, call.title)
    assertContains(page, "Both work on")
    assertContains(page, "Not for us, because …")


def test_an_invitation_says_so_and_comes_first(client, call, shop, ada, cleo, lekstede):
    other = contest.challenge("open", by=lekstede, title="Another ride")
    other.themes.set(call.themes.all())
    plain = contest.challenge("open", by=lekstede, title="Chairs", problem="x", sentence="y")
    invite_partner(plain, by=cleo, organisation=shop)
    client.force_login(ada)
    context = client.get(DESK).context
    assert context["foryou"][0]["title"] == "Chairs"
    assertContains(client.get(DESK), "A coordinator invites Samen Rijden")


def test_one_press_and_it_is_gone_and_another_brings_it_back(client, call, shop, ada):
    client.force_login(ada)
    assertContains(press(client, call), "is not suggested to Samen Rijden any more")
    assert NotForThem.objects.get().reason == "distance"
    assert client.get(DESK).context["foryou"] == []
    client.post(PRESS, {"undo": call.slug, "next": DESK})
    assert [item["title"] for item in client.get(DESK).context["foryou"]] == [call.title]


def test_a_reason_that_does_not_exist_is_asked_again(client, call, shop, ada):
    client.force_login(ada)
    assertContains(press(client, call, "nonsense"), "Choose a reason.")
    assert not NotForThem.objects.exists()


def test_who_looks_on_reads_it_and_may_not_say_it(client, call, shop):
    viewer = make.member(shop, "viewer")
    client.force_login(viewer)
    assertContains(client.get(DESK), call.title)
    assertNotContains(client.get(DESK), "Not for us, because …")
    assert client.post(PRESS, {"because": f"{call.slug}:timing"}).status_code == 403


def test_a_municipality_is_offered_no_challenges(client, call, noor, lekstede):
    client.force_login(noor)
    assert client.get(DESK).context["foryou"] == []
    assert client.post(PRESS, {"because": f"{call.slug}:timing"}).status_code == 404


def test_what_is_not_open_or_not_there_is_404(client, shop, ada):
    client.force_login(ada)
    closed = contest.challenge("closed")
    for slug in (closed.slug, "nowhere"):
        assert client.post(PRESS, {"because": f"{slug}:timing"}).status_code == 404
    assert client.get(PRESS).status_code == 302


def test_the_desk_costs_the_same_for_one_challenge_three_and_fifty(
    client, call, shop, ada, lekstede
):
    client.force_login(ada)
    costs, number = set(), 1
    for size in (1, 3, 50):
        while number < size:
            other = contest.challenge("open", by=lekstede)
            other.themes.set(call.themes.all())
            number += 1
        client.get(DESK)
        with CaptureQueriesContext(connection) as found:
            client.get(DESK)
        costs.add(len(found))
    assert len(costs) == 1, costs
