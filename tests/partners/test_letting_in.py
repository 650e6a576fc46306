"""A coordinator lets in who calls, also where nobody has joined yet."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.models import Person
from tests import make
from tests.staff import at_the_desk

ROSA = {"person_name": "Rosa New", "person_email": "rosa@town.example", "token": "t"}


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def town(cleo):
    """A listed name whose people join by their mail address."""
    return make.listed("Gemeente Post", domains=["post.example"])


def page(organisation):
    return f"/en/admin/partners/organisation/{organisation.pk}/change/"


def way_in(organisation):
    return reverse("admin:partners_organisation_join", args=[organisation.pk])


def test_the_desk_offers_to_let_somebody_in_and_not_to_claim_it_oneself(desk, town):
    shown = desk.get(page(town))
    assertContains(shown, way_in(town))
    for gone in ("/move/claim/", "/move/join/", "/for/"):
        assertNotContains(shown, gone)


def test_a_coordinator_who_reads_along_is_not_offered_to_claim_it(desk):
    bureau = make.listed("Bureau Zonder Post", "public")
    assertNotContains(desk.get(bureau.get_absolute_url()), "/claim/")


def test_who_calls_is_let_in_at_a_listed_name_and_asked_whether_it_is_right(desk, cleo, town):
    asked = desk.get(f"/en{way_in(town).removeprefix('/en')}")
    assertContains(asked, "Nobody of Gemeente Post has joined yet")
    assertNotContains(asked, 'name="role"')
    assert desk.post(way_in(town), ROSA).status_code == 302
    town.refresh_from_db()
    rosa = Person.objects.get(email="rosa@town.example")
    assert (town.state, town.memberships.get().person) == ("in_check", rosa)
    event = Event.objects.about(town).last()
    assert (event.verb, event.actor, event.on_behalf_of) == ("organisation.claim", cleo, rosa)
    assert OnBehalf.objects.get().person == rosa
    assert Notice.objects.mail().get(recipient=rosa).event.verb == "onbehalf.ask"
    organisations.activate(town, by=cleo)
    assert town.state == "active"


def test_at_an_active_organisation_the_role_is_chosen_as_before(desk, lekstede):
    assertContains(desk.get(way_in(lekstede)), 'name="role"')
    assert desk.post(way_in(lekstede), ROSA | {"role": "viewer"}).status_code == 302
    assert lekstede.memberships.get(person__email="rosa@town.example").role == "viewer"


def test_nobody_is_let_in_at_one_that_is_being_checked_or_has_left(desk):
    for state in ("in_check", "left", "suspended"):
        assert desk.get(way_in(make.organisation(state=state))).status_code == 404
