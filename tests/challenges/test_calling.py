"""Whom to invite to a call: reasons that are true, from all over the country, and never by what is sealed."""

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.asserts import assertContains, assertNotContains

from challenges.answerers import able_to_answer, parts, weighed, whom_to_invite
from challenges.explaining import true_reasons
from challenges.lifecycle import calling
from challenges.lifecycle.calling import invite_partner, refuse, take_refusal_back
from challenges.models import Invited, NotForThem
from factory.journal.models import Event
from factory.meaning.reading import read_one, readables
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from market.matching.attention import suggested_lately
from partners.attention import had_enough
from partners.models import Organisation, Theme
from tests import contest, make
from tests.challenges.test_following import told

pytestmark = pytest.mark.django_db
RIDES = "Rides with volunteers for residents without a car."


@pytest.fixture
def call(lekstede, cleo):
    made = contest.challenge("open", by=lekstede)
    made.themes.set(Theme.objects.filter(slug="work"))
    return made


def driver(name="", place="Utrecht", theme="work", mission=RIDES, **facts):
    """An organisation that could answer it."""
    made = make.organisation(name, place=place, mission=mission, **facts)
    made.themes.set(Theme.objects.filter(slug=theme))
    return made


def suggested(call):
    return [one.organisation for one in whom_to_invite(call)]


def test_who_speaks_of_the_same_comes_before_who_does_not(call, cleo):
    baker = driver(place="Groningen", mission="Bread.")
    near, far = driver(), driver(place="Groningen")
    assert suggested(call) == [near, far, baker]


def test_the_reasons_are_true_and_something_is_about_the_problem(call, cleo):
    driver()
    driver(place="Groningen", theme="food")
    make.organisation("Says nothing", mission="")
    for one in whom_to_invite(call):
        assert one.reasons == true_reasons(call, Organisation.objects.get(pk=one.organisation.pk))
    assert "Says nothing" not in [str(one.organisation) for one in whom_to_invite(call)]
    assert len(whom_to_invite(call)) == 2


def test_public_bodies_funds_who_asks_and_who_is_not_active_are_not_invited(call, lekstede, cleo):
    for kind in ("municipality", "province", "funder"):
        driver(kind=kind)
    driver(state="suspended")
    assert suggested(call) == []
    assert lekstede not in able_to_answer(call)


def test_who_sits_in_the_jury_is_not_invited(call, cleo):
    shop = driver()
    assert suggested(call) == [shop]
    seat = call.jury.create(person=shop.owner, asked_by=cleo)
    assert suggested(call) == []
    type(seat).objects.update(said_no_at=seat.asked_at)
    assert suggested(call) == [shop]


def test_nothing_that_is_sealed_counts(call, cleo):
    """The list is the same, number for number, whoever writes or sends an entry."""
    shops = [driver() for _n in range(3)]

    def looked():
        return [(one.organisation.pk, one.features, one.reasons) for one in whom_to_invite(call)]

    before = looked()
    contest.entry(call, shops[0], "draft")
    contest.entry(call, shops[1], "submitted")
    assert looked() == before
    assert len(before) == 3


def test_what_was_read_is_compared_by_meaning(call, cleo):
    shop = driver()
    assert "call" in readables()
    read_one("call", call.pk)
    read_one("organisation", shop.pk)
    assert 0 <= weighed(call)[shop.pk].features["text"] <= 1
    assert [0 < one.score <= 1 for one in whom_to_invite(call)] == [True]


@pytest.mark.parametrize("place", ["Utrecht", "Groningen"])
def test_who_works_there_is_near(call, cleo, place):
    shop = driver(place=place)
    shop.works_in.add(call.province)
    (found,) = Organisation.objects.filter(pk=weighed(call)[shop.pk].organisation.pk)
    found.area_keys, found.theme_keys, found.goal_keys = [call.province_id], [], []
    assert parts(call, found, 0.0)["near"] == 1


# Inviting


def test_who_decides_hears_of_it_with_the_reasons(call, cleo):
    shop = driver("Samen Rijden")
    make.member(shop, "viewer", "Victor Viewer")
    invite_partner(call, by=cleo, organisation=shop)
    (row,) = Invited.objects.all()
    assert (row.organisation, row.by, row.reasons) == (shop, cleo, true_reasons(call, shop))
    assert told(shop.owner) == {"notices/challenge/invite_partner_those_just_invited"}
    assert Notice.objects.mail().filter(template__contains="invite_partner").count() == 1
    event = Event.objects.about(call).last()
    assert (event.name, event.details) == ("invite_partner", {"organisation": shop.pk})


@pytest.mark.parametrize(("language", "words"), [("nl", "Waarom jullie:"), ("en", "Why you:")])
def test_the_mail_says_why_in_the_readers_language(call, cleo, language, words):
    shop = driver("Samen Rijden")
    invite_partner(call, by=cleo, organisation=shop)
    kept = Notice.objects.mail().get(template__contains="invite_partner")
    kept.language = language
    _id, _subject, text, _raw = write(kept)
    assert words in text
    assert "‘residents’" in text


def test_nobody_is_invited_twice(call, cleo):
    shop = driver()
    invite_partner(call, by=cleo, organisation=shop)
    assert suggested(call) == []
    with pytest.raises(Missing, match="al uitgenodigd"):
        invite_partner(call, by=cleo, organisation=shop)


def test_who_said_no_is_not_invited_until_it_is_taken_back(call, cleo):
    shop = driver()
    refuse(call, shop, by=shop.owner, reason="distance")
    refuse(call, shop, by=shop.owner, reason="timing")
    assert [one.reason for one in NotForThem.objects.all()] == ["timing"]
    assert suggested(call) == []
    with pytest.raises(Missing, match="niets voor hen"):
        invite_partner(call, by=cleo, organisation=shop)
    take_refusal_back(call, shop)
    assert suggested(call) == [shop]


def test_invitations_and_suggestions_together_are_no_more_than_may_be_in_a_week(
    settings, call, cleo, lekstede
):
    settings.SUGGESTIONS_A_WEEK = 2
    shop = driver()
    make.match("suggested", need=make.need(by=lekstede), supplier=shop)
    assert had_enough([shop.pk]) == set()
    invite_partner(call, by=cleo, organisation=shop)
    assert (suggested_lately([shop.pk]), calling.suggested_lately([shop.pk])) == (
        {shop.pk: 1},
        {shop.pk: 1},
    )
    assert had_enough([shop.pk]) == {shop.pk}
    other = contest.challenge("open", by=lekstede)
    assert shop not in suggested(other)
    with pytest.raises(Missing, match="vaak genoeg"):
        invite_partner(other, by=cleo, organisation=shop)


INVITE = (
    "INSERT INTO challenges_invited (challenge_id, organisation_id, reasons, by_id, at)"
    " VALUES (%s, %s, '[]', %s, now())"
)


def invited_round_django(challenge, organisation, by):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INVITE, [challenge.pk, organisation.pk, by.pk])


def test_postgresql_invites_to_an_open_call_and_only_who_can_answer(call, cleo, lekstede):
    shop, gone, refusing = driver(), driver(state="suspended"), driver()
    NotForThem.objects.create(challenge=call, organisation=refusing, reason="rule")
    closed = contest.challenge("closed")
    for challenge, organisation in (
        (closed, shop),
        (call, gone),
        (call, lekstede),
        (call, refusing),
    ):
        with pytest.raises(IntegrityError, match="invited_who_can_still_answer"):
            invited_round_django(challenge, organisation, cleo)
    invited_round_django(call, shop, cleo)
    with pytest.raises(IntegrityError, match="invited_once"):
        invited_round_django(call, shop, cleo)


@pytest.mark.parametrize("reason", ["", "price", "nonsense"])
def test_postgresql_knows_the_reasons(call, cleo, reason):
    shop = driver()
    with pytest.raises(IntegrityError, match="has_a_reason"), transaction.atomic():
        NotForThem.objects.create(challenge=call, organisation=shop, reason=reason)
    NotForThem.objects.create(challenge=call, organisation=shop, reason="capacity")


def test_what_two_had_that_become_one_is_there_once(call, cleo):
    first, second = driver(), driver()
    for one in (first, second):
        invite_partner(call, by=cleo, organisation=one)
        refuse(call, one, by=one.owner, reason="timing")
    make.organisations.merge(first, by=cleo, into=second)
    assert [row.organisation for row in Invited.objects.all()] == [second]
    assert [row.organisation for row in NotForThem.objects.all()] == [second]


def test_whose_challenge_it_is_sees_who_was_invited_and_nobody_else(client, call, cleo, noor, dan):
    invite_partner(call, by=cleo, organisation=driver("Samen Rijden"))
    page = f"/en{call.get_absolute_url()}"
    for somebody in (None, dan):
        if somebody:
            client.force_login(somebody)
        assertNotContains(client.get(page), "Samen Rijden")
    client.force_login(noor)
    assertContains(client.get(page), "Samen Rijden")
