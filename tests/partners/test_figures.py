"""What the registry tells the pages that belong to all."""

from datetime import timedelta

import pytest

from factory import clock
from factory.context import coordinator_for as anybody_for
from partners import figures
from partners.models import Membership, Organisation, Region
from tests import make


def titles(queues, kind="yours"):
    return [item["title"] for queue in queues if queue["kind"] == kind for item in queue["items"]]


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
    assert titles(figures.desk_queues(groningen)) == ["In Groningen"]
    assert titles(figures.desk_queues(cleo)) == ["In Utrecht", "In Groningen"]


def test_an_application_is_late_after_the_day_that_was_promised(cleo):
    make.organisation("New", state="applied")
    waited(make.organisation("Old", state="applied"), 12)
    rows = {item["title"]: item["late"] for item in figures.to_check(cleo)["items"]}
    assert rows == {"New": False, "Old": True}


def test_what_a_coordinator_asked_waits_for_the_owner_and_no_longer_for_us(cleo):
    asked = make.organisation("Asked", state="applied")
    assert titles(figures.desk_queues(asked.owner), "others") == ["Asked"]
    Organisation.objects.filter(pk=asked.pk).update(question="Since when?")
    assert len(titles(figures.desk_queues(asked.owner))) == 1
    assert titles(figures.desk_queues(cleo)) == []


def test_who_wants_to_join_waits_for_an_owner_alone(broodnodig, ada, ben, dan):
    Membership.objects.create(organisation=broodnodig, person=dan)
    (queue,) = figures.desk_queues(ada)
    assert queue["items"][0]["url"].endswith(
        f"/admit/?membership={broodnodig.memberships.get(person=dan).pk}"
    )
    assert figures.desk_queues(ben) == []


def test_home_counts_who_is_active(broodnodig, cleo):
    make.organisation(state="applied")
    (tile,) = figures.home_tiles()
    assert tile[0] == "1"
