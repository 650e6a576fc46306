"""Who stands in for a coordinator gets the call list, the mail and the name on the pages, on those days only."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from factory import clock
from market.lifecycle.people import coordinators as of_the_market
from partners import figures
from partners.calls import coordinator_queues
from partners.lifecycle import coordinators
from partners.models import Deputy, Region, provinces_of
from tests import make
from tests.staff import at_the_desk


@pytest.fixture
def gerda(cleo):
    """Coordinates Groningen; Cleo has Utrecht."""
    Region.objects.get(code="PV26").coordinators.add(cleo)
    somebody = make.coordinator("Gerda Groningen")
    Region.objects.get(code="PV20").coordinators.add(somebody)
    return somebody


def away(gerda, cleo, first=-1, last=1):
    """Gerda is away from some day to some day, counted from today; Cleo stands in."""
    today = clock.today()
    return Deputy.objects.create(
        region=Region.objects.get(code="PV20"),
        coordinator=gerda,
        deputy=cleo,
        from_date=today + timedelta(days=first),
        until_date=today + timedelta(days=last),
    )


def waiting(person):
    return [
        row.title
        for queue in coordinator_queues(person)
        for row in queue.rows
        if queue.key == "check"
    ]


def test_the_deputy_has_the_queue_the_mail_and_the_name(gerda, cleo, dan):
    there = make.organisation("Far Away", state="applied", place="Groningen")
    need = make.need(by=make.organisation(kind="municipality", place="Groningen"))
    assert (waiting(cleo), list(coordinators(there))) == ([], [gerda])
    away(gerda, cleo)
    assert waiting(cleo) == ["Far Away"]
    assert list(coordinators(there)) == list(of_the_market(need)) == [cleo]
    assert figures.coordinator_for(dan)["name"] == "Cleo Coordinator"


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
def test_before_and_after_those_days_nothing_changes(gerda, cleo, dan, days):
    away(gerda, cleo, *days)
    assert figures.coordinator_for(dan)["name"] == "Gerda Groningen"
    assert provinces_of(cleo) == [Region.objects.get(code="PV26").pk]


@pytest.mark.parametrize("days", [(-1, 0), (0, 0), (0, 5)])
def test_the_first_and_the_last_day_count(gerda, cleo, dan, days):
    away(gerda, cleo, *days)
    assert figures.coordinator_for(dan)["name"] == "Cleo Coordinator"


def test_who_coordinates_everywhere_still_sees_everything_as_a_deputy(gerda, max_):
    away(gerda, max_)
    assert provinces_of(max_) == []


def test_a_coordinator_names_a_deputy_in_the_admin(gerda, cleo):
    form = {
        "region": Region.objects.get(code="PV20").pk,
        "coordinator": gerda.pk,
        "deputy": cleo.pk,
        "from_date": "01-01-2027",
        "until_date": "14-01-2027",
    }
    address = reverse("admin:partners_deputy_add")
    wrong = at_the_desk(cleo).post(address, form | {"coordinator": make.coordinator().pk})
    assert wrong.status_code == 200
    assert at_the_desk(cleo).post(address, form).status_code == 302
    twice = at_the_desk(cleo).post(address, form)
    assert "Er neemt al iemand waar" in twice.content.decode()
    assert Deputy.objects.count() == 1


def test_postgresql_holds_one_deputy_at_a_time_in_order_and_somebody_else(gerda, cleo, max_):
    away(gerda, cleo, 0, 5)
    away(gerda, cleo, 6, 9)  # the control: right after it
    for wrong, name in (
        ({"first": 5, "last": 7}, "deputy_one_at_a_time"),
        ({"first": 30, "last": 20}, "deputy_days_in_order"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            away(gerda, max_, **wrong)
    with (
        pytest.raises(IntegrityError, match="deputy_is_somebody_else"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE partners_deputy SET deputy_id = coordinator_id")
