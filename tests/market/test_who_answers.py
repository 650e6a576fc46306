"""Whom one reaches about a need or an offer whose contact is away or has left: the same one everywhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factory import clock
from factory.notices.letters import write
from factory.notices.models import Notice
from market import exports
from market.admin.queue import coordinator_queues
from market.lifecycle import match as matches
from market.models import Listing, Match
from market.papers.note import note_for_the_file
from partners import lifecycle as organisations
from partners.absence import answering_now, who_answers
from partners.models import Membership
from tests import make
from tests.staff import at_the_desk

DAY = timedelta(days=1)


@pytest.fixture
def town(cleo):
    """A municipality with an owner, and two editors of whom the first posts."""
    made = make.organisation("Gemeente Kontakt", "municipality")
    made.poster = make.member(made, "editor", "Piet Poster", phone="06 11111111")
    made.second = make.member(made, "editor", "Sara Second", phone="06 22222222")
    return made


@pytest.fixture
def need(town):
    made = make.need(by=town)
    Listing.objects.filter(pk=made.pk).update(contact=town.poster)
    return Listing.objects.get(pk=made.pk)


def of(organisation, person):
    return organisation.memberships.get(person=person)


def away(organisation, person, instead=None):
    today = clock.today()
    days = {"away_from": today - DAY, "away_until": today + DAY}
    reads = instead and of(organisation, instead)
    organisations.be_away(organisation, by=person, replacement=reads, **days)


def whom(need):
    """By the function, and by the column that a query fetches: they never differ."""
    found = who_answers(need.organisation_id, need.contact_id)
    rows = Listing.objects.filter(pk=need.pk)
    told = rows.values_list(answering_now("organisation", "contact", "person__name"), flat=True)
    assert told[0] == (found.name if found else None)
    return found


def test_the_contact_while_they_work_there(town, need):
    assert whom(need) == town.poster


def test_who_left_is_answered_for_by_an_owner(town, need):
    organisations.step_out(town, by=town.poster)
    assert whom(need) == town.owner


def test_who_only_reads_along_now_is_answered_for_by_an_owner(town, need):
    mine = of(town, town.poster)
    organisations.change_role(town, by=town.owner, membership=mine, role="viewer")
    assert whom(need) == town.owner


def test_who_is_away_is_answered_for_by_who_reads_for_them(town, need):
    away(town, town.poster, town.second)
    assert whom(need) == town.second


def test_where_that_one_is_away_too_an_owner_answers(town, need):
    away(town, town.second)
    away(town, town.poster, town.second)
    assert whom(need) == town.owner


def test_where_everybody_is_away_it_is_the_contact_again(town, need):
    for person in (town.owner, town.second, town.poster):
        away(town, person)
    assert whom(need) == town.poster


def test_a_closed_account_answers_nothing(town, need):
    type(town.poster).objects.filter(pk=town.poster.pk).update(is_active=False)
    assert whom(need) == town.owner


def test_where_nobody_decides_it_is_whoever_is_there(need):
    other = make.listed()
    viewer = make.member(other, "viewer")
    assert who_answers(other.pk, need.contact_id) == viewer


def test_where_nobody_is_there_it_is_nobody(need):
    other = make.listed()
    assert who_answers(other.pk, need.contact_id) is None


# Everywhere


@pytest.fixture
def met(town, need, cleo):
    """Introduced; then the contact of the need leaves, and the offer's is away."""
    maker = make.organisation("Makers")
    maker.second = make.member(maker, "editor", "Mia Second", phone="06 33333333")
    offer = make.offer(by=maker)
    match = make.match("approved", need=need, supplier=maker, offer=offer)
    organisations.step_out(town, by=town.poster)
    away(maker, maker.owner, maker.second)
    matches.accept(match, by=maker.second)
    return Match.objects.get(pk=match.pk)


def test_the_mail_of_the_introduction_and_the_page_name_who_answers_now(client, town, met):
    mail = Notice.objects.mail().filter(
        template="notices/match/introduce_both_sides", recipient=town.owner
    )
    text = write(mail.get())[2]
    client.force_login(town.owner)
    for words in (text, client.get(met.get_absolute_url()).content.decode()):
        assert "Mia Second" in words
        assert town.owner.email in words
        assert town.poster.email not in words
        assert met.offer.contact.email not in words


def test_the_call_list_gives_the_numbers_of_who_answers_now(cleo, town, met):
    Match.objects.filter(pk=met.pk).update(introduced_at=met.introduced_at - 8 * DAY)
    row = next(q.rows[0] for q in coordinator_queues(cleo) if q.key == "silent")
    names = [name for name, _phone in row.people]
    assert names == [f"{town.owner.name}, Gemeente Kontakt", "Mia Second, Makers"]
    assert row.people[1][1] == "06 33333333"


def test_the_note_the_sheet_and_the_pages_of_the_need_name_them_too(client, cleo, town, met):
    need = Listing.objects.get(pk=met.need_id)
    said = str(note_for_the_file(need).parts)
    assert town.owner.name in said
    assert "Piet Poster" not in said
    row = exports.listings(Listing.objects.filter(pk=need.pk)).get()
    assert (row.reached_name, row.reached_email) == (town.owner.name, town.owner.email)
    desk = at_the_desk(cleo)
    for page in (
        reverse("admin:market_listing_shortlist", args=[need.pk]),
        need.get_absolute_url(),
    ):
        text = desk.get(page).content.decode()
        assert town.owner.name in text
        assert "Piet Poster" not in text


@pytest.mark.parametrize("n", [1, 4])
def test_a_sheet_costs_one_query_however_many_there_are(town, n):
    for _time in range(n):
        make.need(by=town)
    with CaptureQueriesContext(connection) as asked:
        rows = list(exports.listings(Listing.objects.all()))
        assert {row.reached_name for row in rows} == {town.owner.name}
    assert len(asked) == 1


def test_where_nobody_is_the_contact_nobody_reads_for_them_either(town):
    """An editor who named the owner for a day to come is no nearer than the owner."""
    of_sara = of(town, town.second)
    Membership.objects.filter(pk=of_sara.pk).update(replacement=of(town, town.owner))
    assert who_answers(town.pk, None) == town.owner
