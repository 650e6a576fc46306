"""The coordinators' desk for people, places, words and norms."""

from datetime import date

import pytest
from django.urls import reverse

from factory.knowledge.models import Norm
from partners.models import Region
from tests.staff import at_the_desk


def change(thing):
    label = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change"
    return reverse(label, args=[thing.pk])


def facts(person, **more):
    return {
        "name": person.name,
        "language": "nl",
        "phone": "",
        "job": "",
        "is_active": "on",
        **more,
    }


def test_a_coordinator_reads_who_is_who_but_makes_nobody_staff(cleo, dan):
    desk = at_the_desk(cleo)
    assert desk.get(change(dan)).status_code == 200
    assert desk.post(change(dan), facts(dan, is_staff="on")).status_code == 403
    assert desk.post(change(cleo), facts(cleo, is_staff="on", is_superuser="on")).status_code == 403
    cleo.refresh_from_db()
    assert not cleo.is_superuser


def test_an_administrator_makes_somebody_a_coordinator(max_, dan):
    at_the_desk(max_).post(change(dan), facts(dan, is_staff="on"))
    dan.refresh_from_db()
    assert dan.is_staff


def test_the_factory_is_not_among_the_people(max_):
    answer = at_the_desk(max_).get(reverse("admin:partners_person_changelist"))
    assert b"factory@localhost" not in answer.content


@pytest.mark.parametrize("model", ["person", "region", "sector", "theme", "goal", "organisation"])
def test_every_list_opens_and_nothing_in_it_is_deleted(cleo, model):
    desk = at_the_desk(cleo)
    answer = desk.get(reverse(f"admin:partners_{model}_changelist"))
    assert answer.status_code == 200
    assert b"delete_selected" not in answer.content


def test_a_province_gets_its_coordinator(cleo):
    province = Region.objects.get(code="PV26")
    data = {"aliases": "", "coordinators": [cleo.pk]}
    at_the_desk(cleo).post(change(province), data)
    assert list(province.coordinators.all()) == [cleo]


def test_a_norm_is_the_administrators(cleo, max_):
    norm = Norm.objects.get(code="vat-low")
    url = reverse("admin:knowledge_norm_add")
    assert at_the_desk(cleo).get(url).status_code == 403
    data = {
        "code": "vat-low",
        "value": 1000,
        "unit": "bp",
        "valid_from": "01-01-2027",
        "source": "x",
    }
    at_the_desk(max_).post(url, data)
    assert Norm.objects.get(code="vat-low", valid_from=date(2027, 1, 1)).pk != norm.pk
