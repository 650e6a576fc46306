"""What the registry tells the pages that belong to all."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from factory import clock
from factory.context import coordinator_for as anybody_for
from factory.desk import laid_out
from partners import figures
from partners import lifecycle as organisations
from partners.calls import coordinator_queues
from partners.models import Membership, Organisation, Region
from tests import make


def asked_by(person):
    """A request for somebody's desk."""
    request = RequestFactory().get("/desk/")
    request.user = person
    return request


def titles(queues, kind="yours"):
    return [item["title"] for queue in queues if queue["kind"] == kind for item in queue["items"]]


def to_check(person):
    """Who waits for a check on this coordinator's call list."""
    return [
        row.title
        for queue in coordinator_queues(person)
        if queue.key == "check"
        for row in queue.rows
    ]


def waited(organisation, days):
    """Let it have applied that long ago."""
    Organisation.objects.filter(pk=organisation.pk).update(created_at=clock.now() - timedelta(days))


@pytest.fixture
def groningen(cleo):
    """A coordinator of the province of Groningen alone."""
    somebody = make.coordinator("Gerda Groningen", phone="050 555 01 01")
    Region.objects.get(code="PV20").coordinators.add(somebody)
    return somebody


def test_my_coordinator_is_the_one_of_my_province(groningen, dan, ada, broodnodig):
    found = figures.coordinator_for(dan)
    assert (found["name"], found["phone"]) == ("Gerda Groningen", "050 555 01 01")
    assert figures.coordinator_for(ada) is None


def test_everybody_else_has_the_front_desk(db, ada, settings):
    assert figures.coordinator_for(None) is None
    assert anybody_for(ada)["phone"] == settings.FRONT_DESK["phone"]


def test_a_coordinator_who_left_answers_for_nobody(groningen, dan):
    groningen.is_active = False
    groningen.save()
    assert figures.coordinator_for(dan) is None


def test_who_applied_waits_on_the_desk_of_the_coordinators_of_that_province(groningen, cleo):
    make.organisation("In Utrecht", state="applied")
    make.organisation("In Groningen", state="in_check", place="Groningen")
    assert to_check(groningen) == ["In Groningen"]
    assert to_check(cleo) == ["In Utrecht", "In Groningen"]
    assert "1 wacht in Coördinatie" in laid_out(asked_by(groningen))["yours"][0]["title"]
    assert laid_out(asked_by(cleo))["waiting"] == 2


def test_an_application_is_late_after_the_day_that_was_promised(cleo):
    make.organisation("New", state="applied")
    waited(make.organisation("Old", state="applied"), 12)
    (queue,) = [queue for queue in coordinator_queues(cleo) if queue.key == "check"]
    rows = {row.title: row.late for row in queue.rows}
    assert rows == {"New": False, "Old": True}


def test_what_a_coordinator_asked_waits_for_the_owner_and_no_longer_for_us(cleo):
    asked = make.organisation("Asked", state="applied")
    assert titles(figures.desk_queues(asked.owner), "others") == ["Asked"]
    organisations.check(asked, by=cleo)
    organisations.ask_more(asked, by=cleo, note="Since when?")
    assert len(titles(figures.desk_queues(asked.owner))) == 1
    assert to_check(cleo) == []


def test_who_wants_to_join_waits_for_an_owner_alone(broodnodig, ada, ben, dan):
    Membership.objects.create(organisation=broodnodig, person=dan)
    (queue,) = [queue for queue in figures.desk_queues(ada) if queue["kind"] == "yours"]
    assert queue["items"][0]["url"].endswith(
        f"/admit/?membership={broodnodig.memberships.get(person=dan).pk}"
    )
    assert titles(figures.desk_queues(ben)) == []


def test_home_counts_who_is_active(broodnodig, cleo):
    make.organisation(state="applied")
    (tile,) = figures.home_tiles()
    assert tile[0] == "1"
