"""Several KvK numbers for one organisation, and each number for one alone: held by the database."""

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.asserts import assertContains

from partners import lifecycle as organisations
from partners.models import KvkNumber, Organisation
from tests import make


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def shop(cleo):
    return make.organisation("Shop", kvk="12345678")


@pytest.fixture
def other(cleo):
    return make.organisation("Other", kvk="22345678")


ADD = """INSERT INTO partners_kvknumber (organisation_id, number, is_main, stands)
    VALUES (%s, %s, FALSE, TRUE)"""
MAIN = "UPDATE partners_organisation SET kvk = %s WHERE id = %s"


def test_a_coordinator_notes_other_numbers_and_the_page_shows_them(client, shop, cleo):
    organisations.set_numbers(shop, by=cleo, numbers=["32345678", "42345678"])
    answer = client.get(shop.get_absolute_url())
    assertContains(answer, "32345678")
    assertContains(answer, "12345678")
    organisations.set_numbers(shop, by=cleo, numbers=["42345678"])
    assert list(shop.kvk_numbers.others()) == ["42345678"]


def test_no_number_is_of_two_whether_main_or_other(shop, other):
    run(ADD, shop.pk, "32345678")
    for sql, params in (
        (ADD, [other.pk, "32345678"]),
        (ADD, [other.pk, "12345678"]),
        (MAIN, ["32345678", other.pk]),
    ):
        with pytest.raises(IntegrityError, match="kvk_number_once"):
            run(sql, *params)
    with pytest.raises(IntegrityError, match="once"):
        run(MAIN, "12345678", other.pk)
    run(ADD, other.pk, "52345678")
    run(MAIN, "62345678", other.pk)


def test_a_number_is_free_once_its_organisation_has_left(shop, other, cleo):
    organisations.set_numbers(shop, by=cleo, numbers=["32345678"])
    organisations.leave(shop, by=cleo)
    run(ADD, other.pk, "32345678")
    run(MAIN, "12345678", other.pk)


def test_the_main_number_is_kept_along(shop):
    assert KvkNumber.objects.get(organisation=shop).is_main
    run(MAIN, "", shop.pk)
    assert not shop.kvk_numbers.exists()


def test_a_number_has_eight_digits(shop):
    with pytest.raises(IntegrityError, match="kvk_number_has_8_digits"):
        run(ADD, shop.pk, "1234567")


@pytest.mark.parametrize("wrong", ["1234567", "22345678", "12345678", "x"])
def test_a_number_that_cannot_be_is_refused_in_words(shop, other, wrong):
    form = organisations.set_numbers.form({"numbers": f"32345678 {wrong}"}, thing=shop)
    assert not form.is_valid()
    assert wrong in str(form.errors)


def test_an_other_number_warns_who_applies(client, shop, cleo, dan):
    organisations.set_numbers(shop, by=cleo, numbers=["32345678"])
    client.force_login(dan)
    facts = {"name": "Quite else", "kind": "business", "region": "Utrecht", "kvk": "32345678"}
    answer = client.post("/en/partners/apply/", facts | {"token": "t"})
    assertContains(answer, "already known here", status_code=422)
    assert shop in Organisation.objects.like(kvk="32345678")
