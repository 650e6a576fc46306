"""Two entries of one organisation become one: everything moves, the old address leads on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factory import merging
from factory.files.models import StoredFile
from factory.journal.models import Event
from factory.moves import Missing, NotNow
from factory.notices.models import Notice
from partners import lifecycle
from partners.lifecycle.merging import merge
from partners.merging import LEAVE
from partners.models import Membership, Organisation, PurchaseLimit
from tests import make
from tests.doors import sign_in


@pytest.fixture
def twin(broodnodig):
    """Broodnodig once more, by another name."""
    return make.organisation("Brood Nodig", kvk="12345678", website="https://broodnodig.example")


def role(organisation, person):
    found = Membership.objects.filter(organisation=organisation, person=person).first()
    return found and found.role


def test_members_move_and_the_highest_role_stays(cleo, broodnodig, twin, ada, ben, vera):
    for person, as_what in ((vera, "owner"), (ben, "viewer")):
        Membership.objects.create(
            organisation=twin, person=person, role=as_what, confirmed_at=twin.created_at
        )
    merge(twin, by=cleo, into=broodnodig)
    assert (
        role(broodnodig, ada) == role(broodnodig, vera) == role(broodnodig, twin.owner) == "owner"
    )
    assert role(broodnodig, ben) == "editor"
    assert not twin.memberships.exists()
    assert broodnodig.memberships.count() == 4


def test_a_request_to_join_gives_no_role_by_merging(cleo, broodnodig, twin, ben):
    Membership.objects.create(organisation=twin, person=ben, role="owner")
    merge(twin, by=cleo, into=broodnodig)
    assert role(broodnodig, ben) == "editor"
    Membership.objects.filter(person=ben).update(confirmed_at=None)
    assert not broodnodig.memberships.confirmed().filter(person=ben).exists()


def test_of_two_logos_one_stays_and_no_file_is_left_behind(cleo, broodnodig, twin):
    ours, theirs = (make.put_picture(one, "logo") for one in (broodnodig, twin))
    photo = make.put_picture(twin)
    merge(twin, by=cleo, into=broodnodig)
    assert list(broodnodig.pictures.order_by("place")) == [ours, photo]
    assert set(StoredFile.objects.all()) == {ours.file, photo.file}
    assert not StoredFile.objects.filter(pk=theirs.file_id).exists()


def test_the_one_logo_there_is_comes_along(cleo, broodnodig, twin):
    theirs = make.put_picture(twin, "logo")
    merge(twin, by=cleo, into=broodnodig)
    assert broodnodig.pictures.get() == theirs
    assert StoredFile.objects.get(pk=theirs.file_id).holder_id == broodnodig.pk


def test_a_mandate_is_kept_where_there_was_one(cleo, broodnodig, twin, ada):
    Membership.objects.create(
        organisation=twin,
        person=ada,
        role="editor",
        mandate_cents=5_000,
        mandate_until="2030-12-31",
        away_from="2030-01-01",
        away_until="2030-01-09",
        confirmed_at=twin.created_at,
    )
    merge(twin, by=cleo, into=broodnodig)
    kept = Membership.objects.get(organisation=broodnodig, person=ada)
    assert (kept.mandate_cents, kept.mandate_until) == (5_000, date(2030, 12, 31))
    assert kept.away_until == date(2030, 1, 9)


def test_what_is_empty_is_filled_in_and_what_is_there_stays(cleo, broodnodig, twin):
    twin.sectors.add(make.sector("cleaning"))
    broodnodig.sectors.add(make.sector("catering"), make.sector("cleaning"))
    merge(twin, by=cleo, into=broodnodig)
    broodnodig.refresh_from_db()
    assert (broodnodig.kvk, broodnodig.website) == ("12345678", "https://broodnodig.example")
    assert broodnodig.name == "Broodnodig"
    assert broodnodig.sectors.count() == 2


def test_purchase_limits_move_and_one_a_day_stays(cleo, lekstede):
    twin = make.organisation("Lekstede gemeente", "municipality", place="Nieuwegein")
    for of, day, cents in ((lekstede, 1, 100), (twin, 1, 200), (twin, 2, 300)):
        PurchaseLimit.objects.create(organisation=of, cents=cents, valid_from=date(2026, 1, day))
    merge(twin, by=cleo, into=lekstede)
    assert [row.cents for row in lekstede.purchase_limits.order_by("valid_from")] == [100, 300]


def test_the_journal_stays_as_it_was_and_says_both_ends(cleo, broodnodig, twin):
    before = list(Event.objects.about(twin).values())
    merge(twin, by=cleo, into=broodnodig)
    events = list(Event.objects.about(twin).values())
    assert events[:-1] == before
    assert (events[-1]["verb"], events[-1]["details"]) == (
        "organisation.merge",
        {"into": broodnodig.pk},
    )
    taken = Event.objects.about(broodnodig).last()
    assert (taken.verb, taken.on_behalf_of) == ("organisation.take_in", cleo)
    assert taken.details["merged"] == twin.pk
    assert taken.details["partners.membership.organisation"] == 1


def test_owners_of_both_hear_of_it(cleo, broodnodig, twin, ada):
    merge(twin, by=cleo, into=broodnodig)
    told = Notice.objects.mail().filter(event__verb="organisation.take_in")
    assert {notice.recipient for notice in told} == {ada, twin.owner}


# The old address


def test_the_old_address_leads_to_the_new_one_for_good(client, cleo, broodnodig, twin):
    old = twin.get_absolute_url()
    merge(twin, by=cleo, into=broodnodig)
    for reader in (client, sign_in(Client(), cleo), sign_in(Client(), twin.owner)):
        answer = reader.get(old)
        assert (answer.status_code, answer.url) == (301, broodnodig.get_absolute_url())


def test_an_address_never_leads_to_what_one_may_not_see(client, cleo, twin):
    make_hidden = make.organisation("Nog Niet", state="suspended")
    Organisation.objects.filter(pk=twin.pk).update(active_since=None)
    lifecycle.suspend(twin, by=cleo, note="x")
    lifecycle.leave(twin, by=cleo)
    merge(twin, by=cleo, into=make_hidden)
    assert client.get(twin.get_absolute_url()).status_code == 404


def test_of_three_that_become_one_every_old_address_leads_there_at_once(
    client, cleo, broodnodig, twin
):
    third = make.organisation("De Broodnodige")
    merge(third, by=cleo, into=twin)
    merge(twin, by=cleo, into=broodnodig)
    assert client.get(third.get_absolute_url()).url == broodnodig.get_absolute_url()


def test_whoever_was_merged_is_in_no_list(client, cleo, broodnodig, twin):
    merge(twin, by=cleo, into=broodnodig)
    assert not Organisation.objects.standing().filter(pk=twin.pk).exists()
    assert b"Brood Nodig" not in client.get(reverse("partners:list")).content
    assert twin not in Organisation.objects.like(name="Brood Nodig", kvk="12345678")
    assert make.organisation("Nieuw", kvk="87654321")


# What cannot be


def test_only_coordinators_merge(ada, broodnodig, twin):
    with pytest.raises(PermissionDenied):
        merge(twin, by=ada, into=broodnodig)


@pytest.mark.parametrize("state", ["left", "applied", "suspended"])
def test_the_active_one_stays(cleo, broodnodig, state):
    other = make.organisation(state=state)
    with pytest.raises(Missing):
        merge(broodnodig, by=cleo, into=other)


def test_nobody_becomes_itself_and_nobody_twice(cleo, broodnodig, twin):
    with pytest.raises(Missing):
        merge(twin, by=cleo, into=twin)
    merge(twin, by=cleo, into=broodnodig)
    with pytest.raises(NotNow):
        merge(twin, by=cleo, into=broodnodig)


def test_a_public_body_is_not_an_enterprise(cleo, broodnodig, lekstede):
    with pytest.raises(Missing, match="overheid"):
        merge(broodnodig, by=cleo, into=lekstede)


def test_nothing_is_left_pointing_at_who_is_gone(cleo, broodnodig, twin):
    merge(twin, by=cleo, into=broodnodig)
    left = {
        label
        for label, relation in merging.pointing_at(Organisation)
        if relation.related_model._base_manager.filter(**{relation.field.name: twin.pk}).exists()
    }
    assert left <= LEAVE


# What the database holds


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_nobody_joins_who_was_merged(cleo, broodnodig, twin, dan):
    merge(twin, by=cleo, into=broodnodig)
    for table, columns, values in (
        ("partners_membership", "person_id, role, asked_at", f"{dan.pk}, 'editor', now()"),
        ("partners_purchaselimit", "cents, valid_from, policy_url", "1, now(), ''"),
    ):
        sql = f"INSERT INTO {table} (organisation_id, {columns}) VALUES (%s, {values})"
        with pytest.raises(IntegrityError, match="was merged"):
            run(sql, twin.pk)
        run(sql, broodnodig.pk)
    with pytest.raises(IntegrityError, match="was merged"):
        run(
            "UPDATE partners_membership SET organisation_id = %s WHERE person_id = %s",
            twin.pk,
            dan.pk,
        )


def test_who_is_merged_leaves_nothing_behind_and_says_into_whom(cleo, broodnodig, twin):
    Event.objects.record(twin, "organisation.test", actor=cleo, to="merged")
    sql = "UPDATE partners_organisation SET state = 'merged', merged_into_id = %s WHERE id = %s"
    with pytest.raises(IntegrityError, match="leaves nothing behind"):
        run(sql, broodnodig.pk, twin.pk)
    with pytest.raises(IntegrityError, match="organisation_merged_into_somebody"):
        run(sql, None, twin.pk)
    with pytest.raises(IntegrityError, match="organisation_merged_into_somebody"):
        run("UPDATE partners_organisation SET merged_into_id = %s WHERE id = %s", twin.pk, twin.pk)


@pytest.mark.parametrize("n", [1, 30])
def test_merging_costs_the_same_however_many_members(cleo, broodnodig, twin, n):
    for _n in range(n):
        make.member(twin)
        shared = make.member(twin)
        Membership.objects.create(
            organisation=broodnodig, person=shared, confirmed_at=twin.created_at
        )
    with CaptureQueriesContext(connection) as found:
        merge(twin, by=cleo, into=broodnodig)
    few = [q for q in found if "notices_notice" not in q["sql"]]  # one owner more, one notice more
    assert len(few) <= 114  # three for what both saw of a call in one week
