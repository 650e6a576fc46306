"""What PostgreSQL refuses in the registry, whoever asks; and beside it the same step done right."""

import pytest
from django.db import IntegrityError, connection, transaction

from factory import clock
from factory.journal.models import Event
from partners.models import Membership, Organisation, PurchaseLimit, Region
from tests import make


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def refuses(name, sql, *params):
    """The database says no, by the rule of this name."""
    with pytest.raises(IntegrityError, match=name):
        run(sql, *params)


def update(organisation, **values):
    columns = ", ".join(f"{name} = %s" for name in values)
    sql = f"UPDATE partners_organisation SET {columns} WHERE id = %s"
    return sql, *values.values(), organisation.pk


@pytest.fixture
def shop(cleo):
    return make.organisation("Shop", state="in_check")


@pytest.fixture
def other(cleo):
    return make.organisation("Other shop", kvk="12345678")


def journal(organisation, state):
    """The entry that a move would have written."""
    Event.objects.record(organisation, "organisation.test", actor=organisation.owner, to=state)


# States

EDGES = Organisation.graph.pairs()
BACK = {
    (str(a), str(b)) for a, ways in Organisation.graph.back.items() for b in ways
}  # only to take back
ALL = [(str(a), str(b)) for a in Organisation.State for b in Organisation.State if a != b]


@pytest.mark.parametrize(("origin", "to"), [step for step in ALL if step not in EDGES])
def test_no_step_beside_the_graph(cleo, origin, to):
    thing = make.organisation(state=origin)
    journal(thing, to)
    refuses("cannot move there", *update(thing, state=to))


@pytest.mark.django_db(transaction=True)  # each move in a transaction of its own, as in life
@pytest.mark.parametrize(("origin", "to"), sorted(EDGES - BACK))
def test_a_step_along_the_graph_needs_its_entry_in_the_journal(cleo, origin, to):
    thing = make.organisation(state=origin)
    step = update(thing, state=to)
    if to == "merged":
        step = merged_away(thing, into=make.organisation())
    refuses("without a journal entry", *step)
    with transaction.atomic():
        journal(thing, to)
        run(*step)


def merged_away(thing, into):
    """Its people leave in the same step: nobody belongs to what was merged."""
    sql, *values = update(thing, state="merged", merged_into_id=into.pk)
    leave = "DELETE FROM partners_membership WHERE organisation_id = %s"
    return f"{leave}; {sql}", thing.pk, *values


COPY = """INSERT INTO partners_organisation (state, kind, name, slug, legal_name, legal_form, kvk, rsin,
    vat, oin, mission, description, language, website, email, phone, street, postcode, town, question,
    created_at, region_id, province_id)
    SELECT %s, %s, name, %s, '', '', '', '', '', '', '', '', 'nl', '', '', '', '', '', '', '', now(),
    region_id, province_id FROM partners_organisation WHERE id = %s"""


def test_an_organisation_begins_as_applied_and_with_an_entry(shop):
    refuses("cannot begin there", COPY, "active", "enterprise", "copy", shop.pk)
    refuses("without a journal entry", COPY, "applied", "enterprise", "copy", shop.pk)


def test_no_state_or_kind_that_nobody_knows(shop):
    refuses("cannot move there|state_is_known", *update(shop, state="blessed"))
    refuses("organisation_kind_is_known", *update(shop, kind="dragon"))
    run(*update(shop, kind="funder"))


def test_an_organisation_is_never_deleted(shop):
    with pytest.raises(Exception, match="Cannot delete"):
        run("DELETE FROM partners_organisation WHERE id = %s", shop.pk)


def test_no_two_pages_at_one_address(shop, other):
    refuses("slug", *update(shop, slug=other.slug))
    run(*update(shop, slug="own-address"))


# Numbers


@pytest.mark.parametrize("number", ["1234567", "123456a8", "1234 678", "-1234567"])
def test_a_kvk_number_has_eight_digits(shop, number):
    refuses("organisation_kvk_has_8_digits", *update(shop, kvk=number))
    run(*update(shop, kvk="01234567"))


def test_a_kvk_number_is_there_once_among_those_who_have_not_left(shop, other):
    refuses("organisation_kvk_once", *update(shop, kvk=other.kvk))
    with transaction.atomic():
        journal(other, "left")
        run(*update(other, state="left"))
    run(*update(shop, kvk=other.kvk))


@pytest.mark.parametrize(
    ("number", "form"),
    [
        ("123456782B90", "eenmanszaak"),  # the citizen number of a sole trader
        ("123456782B90", ""),  # of whom nobody said that they are none
        ("NL123456782B90", "bv"),
        ("BSN", "bv"),
    ],
)
def test_a_vat_number_never_holds_a_citizen_number(shop, number, form):
    refuses("organisation_vat_holds_no_bsn", *update(shop, legal_form=form, vat=number))
    run(*update(shop, legal_form="bv", vat="123456782B90"))
    refuses("organisation_vat_holds_no_bsn", *update(shop, legal_form="eenmanszaak"))
    run(*update(shop, legal_form="eenmanszaak", vat="002455799B11"))


def test_an_oin_has_its_form(shop):
    refuses("organisation_oin_has_its_form", *update(shop, oin="1" * 20))
    run(*update(shop, oin="00000001111222333000"))


def test_several_may_have_no_kvk_number(shop, cleo):
    run(*update(make.organisation(), kvk=""))
    run(*update(shop, kvk=""))


def test_a_sole_trader_has_no_rsin(shop):
    name = "organisation_sole_trader_has_no_rsin"
    refuses(name, *update(shop, legal_form="eenmanszaak", rsin="111222333"))
    run(*update(shop, legal_form="stichting", rsin="111222333"))


# People in organisations

JOIN = """INSERT INTO partners_membership (organisation_id, person_id, role, mandate_cents, asked_at)
    VALUES (%s, %s, %s, %s, now())"""


def test_somebody_is_in_an_organisation_once(shop, dan):
    refuses("membership_once", JOIN, shop.pk, shop.owner.pk, "viewer", None)
    run(JOIN, shop.pk, dan.pk, "viewer", None)


def test_roles_and_mandates_are_what_they_can_be(shop, dan):
    refuses("membership_role_is_known", JOIN, shop.pk, dan.pk, "king", None)
    refuses("membership_mandate_above_zero", JOIN, shop.pk, dan.pk, "owner", 0)
    run(JOIN, shop.pk, dan.pk, "owner", 1)
    assert Membership.objects.filter(person=dan, organisation=shop).exists()


# Purchase limits

LIMIT = """INSERT INTO partners_purchaselimit (organisation_id, cents, valid_from, valid_to, policy_url)
    VALUES (%s, %s, %s, %s, '')"""


@pytest.mark.parametrize("cents", [0, -1, 10_000_000_001])
def test_a_purchase_limit_is_an_amount_that_can_be(shop, cents):
    refuses("purchase_limit_in_range", LIMIT, shop.pk, cents, "2026-01-01", None)
    run(LIMIT, shop.pk, 10_000_000_000, "2026-01-01", None)


def test_a_purchase_limit_has_its_days_in_order_and_one_first_day(shop):
    refuses("purchase_limit_days_in_order", LIMIT, shop.pk, 1, "2026-01-02", "2026-01-01")
    run(LIMIT, shop.pk, 1, "2026-01-01", "2026-01-01")
    refuses("purchase_limit_once_a_day", LIMIT, shop.pk, 2, "2026-01-01", None)
    assert PurchaseLimit.objects.filter(organisation=shop).count() == 1


@pytest.mark.parametrize("change", ["cents = 2", "valid_to = '2026-02-01'", "policy_url = 'x'"])
def test_a_purchase_limit_that_held_stays_as_it_was(shop, change):
    run(LIMIT, shop.pk, 1, "2026-01-01", None)
    refuses("stays as it was", f"UPDATE partners_purchaselimit SET {change}")
    refuses("stays as it was", "DELETE FROM partners_purchaselimit")
    PurchaseLimit.objects.filter(organisation=shop).update(organisation=make.organisation())
    assert not shop.purchase_limits.exists()  # in a merger it goes along


def test_a_purchase_limit_of_a_day_to_come_may_change(shop):
    run(LIMIT, shop.pk, 1, "2199-01-01", None)
    run("UPDATE partners_purchaselimit SET cents = 2")
    run("DELETE FROM partners_purchaselimit")
    assert not PurchaseLimit.objects.exists()


# Places

PLACE = "UPDATE partners_region SET {} = %s WHERE code = %s"


def test_a_municipality_lies_in_a_province_and_a_province_in_none(db):
    province = Region.objects.get(code="PV26")
    name = "region_municipality_has_province"
    refuses(name, PLACE.format("province_id"), None, "GM0344")
    refuses(name, PLACE.format("province_id"), province.pk, "PV20")
    run(PLACE.format("province_id"), province.pk, "GM0344")


def test_a_place_ends_after_it_began_and_has_its_own_code(db):
    refuses("region_days_in_order", PLACE.format("valid_to"), "1800-01-01", "GM0344")
    refuses("code", PLACE.format("code"), "GM0345", "GM0344")
    run(PLACE.format("valid_to"), clock.today(), "GM0344")


# People

PERSON = "UPDATE partners_person SET {} = %s WHERE id = %s"


def test_an_address_is_of_one_person_whatever_the_capitals(dan, ada):
    refuses("person_email_once", PERSON.format("email"), ada.email.upper(), dan.pk)
    run(PERSON.format("email"), "dan.other@mail.example", dan.pk)


def test_an_administrator_is_a_coordinator_too(dan):
    refuses("person_administrator_is_staff", PERSON.format("is_superuser"), True, dan.pk)
    run(PERSON.format("is_staff"), True, dan.pk)
    run(PERSON.format("is_superuser"), True, dan.pk)


def test_there_is_one_factory_and_nobody_signs_in_as_it(dan):
    refuses("person_one_factory|cannot_sign_in", PERSON.format("is_the_factory"), True, dan.pk)
    for right in ("is_active", "is_staff"):
        sql = f"UPDATE partners_person SET {right} = true WHERE is_the_factory"
        refuses("person_factory_cannot_sign_in", sql)
