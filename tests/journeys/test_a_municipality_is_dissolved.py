"""A municipality is dissolved: what it did keeps its name and its province, and what is new asks for its successor."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from challenges.models import Challenge
from factory import clock
from partners.models import Region
from tests import contest, make
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db
FIVE = {"problem": "Nobody reaches the clinic.", "envelope_cents": "80000", "phone": "06 12345678"}


def found_in_the_province(visitor, region):
    """How many challenges the board counts in its province."""
    said = {"state": "all", "province": region.province.code}
    return visitor.client.get(reverse("challenges:list"), said).context["total"]


def test_old_challenges_keep_the_old_name_and_new_ones_ask_for_the_successor():
    after = make.region("Nieuwegein")
    facts = {"province": after.province, "kind": "municipality", "latitude": 52, "longitude": 5}
    before = Region.objects.create(
        code="GM9999", name="Oudstad", valid_from=clock.today() - timedelta(days=4000), **facts
    )
    house = make.organisation("Gemeente Oudstad", "municipality", place="Oudstad")
    told = contest.contest("awarded", by=house)
    owner = Visitor().signs_in(told.owner)
    counted = found_in_the_province(owner, before)
    assert counted == 1

    # On the last day of yesterday it ceased to be.
    yesterday = clock.today() - timedelta(days=1)
    Region.objects.filter(pk=before.pk).update(valid_to=yesterday, successor=after)

    page = told.challenge.get_absolute_url()
    assertContains(owner.client.get(page), "Oudstad")
    assert found_in_the_province(owner, before) == counted
    form = owner.client.get(reverse("challenges:new"))
    assertContains(form, 'value="Nieuwegein"')
    said = FIVE | {"organisation": house.pk, "token": "t"}
    answer = owner.client.post(reverse("challenges:new"), said | {"region": "Oudstad"})
    assertContains(answer, "hoort nu bij Nieuwegein", status_code=422)
    assertContains(answer, FIVE["problem"], status_code=422)
    answer = owner.client.post(reverse("challenges:new"), said | {"region": "Nieuwegein"})
    assert answer.status_code == 302
    assert Challenge.objects.latest("pk").region == after
    assert told.challenge.region == before
