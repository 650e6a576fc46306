"""What a coordinator notes for somebody: both names in the journal, and a question to that somebody."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from factory.coordination import lifecycle
from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices import delivery
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match
from partners import lifecycle as organisations
from partners.models import Membership, Organisation, Person
from tests import make
from tests.doors import sign_in
from tests.staff import at_the_desk
from tests.undone import assert_it_is_as_it_was


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def met(match, cleo, ada):
    """The lunch: both said yes."""
    matches.approve(match, by=cleo)
    matches.accept(match, by=ada)
    match.refresh_from_db()
    return match


def phoned(match, cleo, person, cents=100_000):
    matches.confirm(match, by=cleo, on_behalf_of=person, cents=cents)
    match.refresh_from_db()
    return OnBehalf.objects.latest("pk")


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


# Who may


def test_the_journal_holds_both_names(met, cleo, noor):
    phoned(met, cleo, noor)
    event = Event.objects.about(met).last()
    assert (event.actor, event.on_behalf_of, event.details["side"]) == (cleo, noor, "buyer")


@pytest.mark.parametrize("who", ["dan", "vera", "ben"])
def test_only_for_somebody_who_may_do_it(met, cleo, dan, vera, ben, who):
    person = {"dan": dan, "vera": vera, "ben": ben}[who]
    if who == "ben":
        matches.agree(met, by=cleo, on_behalf_of=person, cents=5000)
        return
    with pytest.raises(PermissionDenied):
        matches.agree(met, by=cleo, on_behalf_of=person, cents=5000)


def test_only_a_coordinator_and_never_for_a_coordinator(met, cleo, noor, ada, max_):
    for by, person in ((noor, ada), (ada, noor), (cleo, max_), (cleo, cleo)):
        with pytest.raises(PermissionDenied):
            matches.agree(met, by=by, on_behalf_of=person, cents=5000)


def test_messages_are_nobodys_but_their_own(met, cleo, noor):
    with pytest.raises(PermissionDenied):
        matches.write(met, by=cleo, on_behalf_of=noor, text="Hello")


def test_not_for_somebody_whose_account_is_closed(met, cleo, noor):
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        matches.agree(met, by=cleo, on_behalf_of=fresh(noor), cents=5000)


# Amounts


def test_an_amount_by_phone_and_one_from_the_other_side_complete(met, cleo, noor, ada):
    phoned(met, cleo, noor)
    assert fresh(met).buyer_phoned_by == cleo
    matches.confirm(met, by=ada, cents=100_000)
    assert (fresh(met).state, fresh(met).realised_cents) == ("completed", 100_000)


def test_the_phone_never_stands_for_both_sides(met, cleo, noor, ada):
    phoned(met, cleo, noor)
    for coordinator in (cleo, make.coordinator("Karin Other")):
        with pytest.raises(Missing):
            matches.confirm(met, by=coordinator, on_behalf_of=ada, cents=100_000)
    assert fresh(met).state == "introduced"


def test_who_noted_one_side_by_phone_does_not_confirm_the_other_as_a_member(met, cleo, noor):
    phoned(met, cleo, noor)
    Membership.objects.create(
        organisation=met.organisation, person=cleo, role="editor", confirmed_at=met.created_at
    )
    with pytest.raises(Missing):
        matches.confirm(met, by=cleo, cents=100_000)


def test_a_coordinator_of_one_side_does_not_note_the_other_by_phone(met, cleo, noor):
    Membership.objects.create(
        organisation=met.organisation, person=cleo, role="editor", confirmed_at=met.created_at
    )
    with pytest.raises(Missing):
        phoned(met, cleo, noor)


def test_yes_it_is_right_makes_the_amount_their_own(met, cleo, noor, ada):
    asked = phoned(met, cleo, noor)
    lifecycle.affirm(asked, by=noor)
    assert fresh(met).buyer_phoned_by is None
    matches.confirm(met, by=cleo, on_behalf_of=ada, cents=100_000)
    assert fresh(met).state == "completed"


def test_no_it_is_not_right_takes_the_amount_away_and_a_coordinator_sees_it(desk, met, cleo, noor):
    asked = phoned(met, cleo, noor)
    lifecycle.deny(asked, by=noor)
    assert fresh(met).buyer_cents is None
    assert Event.objects.about(met).last().verb == "match.strike_amount"
    page = reverse("admin:coordination_onbehalf_change", args=[asked.pk])
    assert page in desk.get(reverse("admin:index")).content.decode()
    assert desk.get(page).status_code == 200
    lifecycle.settle(asked, by=cleo)
    assert page not in desk.get(reverse("admin:index")).content.decode()


def test_what_counts_already_stays_and_waits_for_the_coordinator(met, cleo, noor, ada):
    asked = phoned(met, cleo, noor)
    matches.confirm(met, by=ada, cents=100_000)
    lifecycle.deny(asked, by=noor)
    assert (fresh(met).state, fresh(asked).state) == ("completed", "wrong")


def test_postgresql_refuses_two_amounts_by_phone(met, cleo, max_):
    one = "UPDATE market_match SET buyer_phoned_by_id = %s WHERE id = %s"
    both = "UPDATE market_match SET supplier_phoned_by_id = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(one, [cleo.pk, met.pk])  # the control
        with (
            pytest.raises(IntegrityError, match="match_one_amount_by_phone_at_most"),
            transaction.atomic(),
        ):
            cursor.execute(both, [max_.pk, met.pk])


def test_postgresql_refuses_a_note_for_oneself(met, cleo, noor):
    asked = phoned(met, cleo, noor)
    with (
        pytest.raises(IntegrityError, match="on_behalf_of_somebody_else"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE coordination_onbehalf SET person_id = by_id WHERE id = %s", [asked.pk]
        )


# Answers, listings, organisations


def test_a_yes_by_phone_introduces_and_one_that_was_none_is_struck(match, cleo, ada, noor):
    match.need.ask_me_first = match.need.hides_name = True
    match.need.save()
    matches.approve(match, by=cleo)
    matches.accept(match, by=cleo, on_behalf_of=ada)
    asked = OnBehalf.objects.get()
    lifecycle.deny(asked, by=ada)
    assert fresh(match).supplier_agreed_at is None
    matches.accept(match, by=cleo, on_behalf_of=ada)
    matches.accept(match, by=cleo, on_behalf_of=noor)
    assert fresh(match).state == "introduced"


def test_a_need_that_was_told_stands_in_the_name_of_who_told_it(desk, cleo, noor, lekstede):
    address = reverse("admin:market_listing_enter_for", args=[noor.pk, "need"])
    facts = {"title": "Lunch for ninety", "text": "", "region": lekstede.region_id}
    facts["unit"] = "once"
    facts |= {"organisation": lekstede.pk, "sector": make.sector().pk, "token": "n1"}
    answer = desk.post(address, facts)
    assert answer.status_code == 302, answer.context["form"].errors
    need = Listing.objects.get(title="Lunch for ninety")
    assert (need.state, need.contact) == ("live", noor)
    asked = OnBehalf.objects.get()
    lifecycle.deny(asked, by=noor)
    assert fresh(need).state == "withdrawn"


def test_pressing_twice_notes_it_once(desk, met, noor):
    address = reverse("admin:market_match_for_move", args=[met.pk, noor.pk, "confirm"])
    for _ in "12":
        desk.post(address, {"cents": "1.000", "token": "c1"})
    assert OnBehalf.objects.count() == 1


def test_an_organisation_and_its_person_are_entered_in_one_form(desk, cleo):
    facts = {
        "person_name": "Rosa Kitchen",
        "person_email": "Rosa@kitchen.example",
        "person_phone": "06 00 00 00 01",
        "name": "Rosa's Kitchen",
        "kind": "enterprise",
        "region": "Utrecht",
        "mission": "Soup",
        "website": "",
        "kvk": "",
        "token": "o1",
    }
    address = reverse("admin:partners_organisation_enter")
    assert desk.post(address, facts | {"person_email": "nonsense"}).status_code == 200
    assert not Person.objects.filter(name="Rosa Kitchen").exists()
    assert desk.post(address, facts).status_code == 302
    made, rosa = (
        Organisation.objects.get(kind="enterprise"),
        Person.objects.get(email="rosa@kitchen.example"),
    )
    assert (made.state, made.memberships.get().person, made.memberships.get().role) == (
        "applied",
        rosa,
        "owner",
    )
    assert not rosa.has_usable_password()
    lifecycle.deny(OnBehalf.objects.get(), by=rosa)
    assert fresh(made).state == "left"


def test_a_colleague_is_added_without_asking_the_owner_what_is_decided(desk, broodnodig, ada):
    facts = {"person_name": "Tom New", "person_email": "tom@bread.example", "role": "viewer"}
    address = reverse("admin:partners_organisation_join", args=[broodnodig.pk])
    assert desk.post(address, facts | {"token": "j1"}).status_code == 302
    tom = Person.objects.get(email="tom@bread.example")
    assert broodnodig.memberships.get(person=tom).role == "viewer"
    asked = Notice.objects.filter(recipient=ada, event__verb="organisation.ask_to_join")
    assert not asked.filter(status="waiting").exists()
    assert not Notice.objects.inbox(ada).filter(event__verb="organisation.ask_to_join").exists()
    lifecycle.deny(OnBehalf.objects.get(), by=tom)
    assert not broodnodig.memberships.filter(person=tom).exists()


def test_a_coordinators_address_is_nobody_to_enter_things_for(desk, max_):
    facts = {"person_name": "X", "person_email": max_.email, "name": "Y"}
    answer = desk.post(reverse("admin:partners_organisation_enter"), facts)
    assert "person_email" in answer.context["form"].errors


# The question


def test_the_mail_asks_and_one_press_answers(client, mailbox, settings, met, cleo, noor):
    settings.TAKE_BACK_SECONDS = 0
    asked = phoned(met, cleo, noor)
    delivery.run()
    mail = next(m for m in mailbox.mails(noor.email) if "Cleo Coordinator" in m["Subject"])
    links = re.findall(r"https?://\S+?(/a/\S+)", mail.get_body(("plain",)).get_content())
    assert len(links) == 2
    assert client.get(links[0]).status_code == 200
    assert fresh(asked).state == "asked"
    client.post(links[0], {"token": "a1"})
    assert fresh(asked).state == "right"


def test_it_stands_on_my_desk_with_its_page(client, met, cleo, noor, ada):
    asked = phoned(met, cleo, noor)
    sign_in(client, noor)
    assert asked.get_absolute_url() in client.get("/desk/").content.decode()
    assert client.get(asked.get_absolute_url()).status_code == 200
    client.post(f"{asked.get_absolute_url()}deny/", {"token": "d1"})
    assert fresh(asked).state == "wrong"
    assert sign_in(client, ada).get(asked.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 3, 8])
def test_my_desk_asks_as_many_questions_for_one_as_for_eight(
    client, cleo, noor, lekstede, number, django_assert_max_num_queries
):
    need = make.need(by=lekstede)
    for _ in range(number):
        listings.renew(need, by=cleo, on_behalf_of=noor)
    sign_in(client, noor)
    with django_assert_max_num_queries(25):
        client.get("/desk/")


def test_the_page_of_who_told_what_names_people_numbers_and_what_they_can_tell(desk, met, noor):
    Person.objects.filter(pk=noor.pk).update(phone="06 00 00 00 01")
    text = desk.get(reverse("admin:market_match_for", args=[met.pk])).content.decode()
    assert 'href="tel:0600000001"' in text
    assert reverse("admin:market_match_for_move", args=[met.pk, noor.pk, "confirm"]) in text


def test_it_takes_ten_queries_at_most(desk, met, broodnodig, django_assert_max_num_queries):
    for number in range(9):
        make.member(broodnodig, "editor", f"Editor {number}")
    with django_assert_max_num_queries(10):
        desk.get(reverse("admin:market_match_for", args=[met.pk]))


def test_a_suspended_organisation_posts_nothing_by_phone(desk, cleo, noor, lekstede):
    organisations.suspend(lekstede, by=cleo, note="Not reachable.")
    address = reverse("admin:market_listing_enter_for", args=[noor.pk, "need"])
    assert desk.get(address).status_code == 403
    assert Match.objects.count() == 0


def test_what_was_set_right_too_early_waits_again(cleo, ada, broodnodig):
    noted = listings.renew(make.offer(by=broodnodig), by=cleo, on_behalf_of=ada).noted_for
    lifecycle.deny(noted, by=ada)
    assert_it_is_as_it_was(noted, lifecycle.settle, cleo, {})
