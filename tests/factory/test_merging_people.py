"""Two accounts of one person become one."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from factory import merging
from factory.journal.models import Event
from factory.me.merging import HISTORY, merge_accounts
from factory.moves import Missing
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Listing, Message
from partners.models import Membership, Person
from tests import make
from tests.doors import give_app, sign_in


@pytest.fixture
def old(cleo, broodnodig):
    """An old account of Ada's: she works for Broodnodig with it too."""
    return make.member(broodnodig, "editor", "Ada Oud", email="ada@oud.example")


def test_organisations_go_along_and_the_highest_role_stays(cleo, ada, old, broodnodig):
    elsewhere = make.organisation("Elders", owner=old)
    merge_accounts(old, ada, by=cleo)
    roles = dict(Membership.objects.filter(person=ada).values_list("organisation__name", "role"))
    assert roles == {"Broodnodig": "owner", elsewhere.name: "owner"}
    assert not Membership.objects.filter(person=old).exists()


def test_what_somebody_wrote_and_posted_is_theirs(cleo, ada, old, broodnodig, lunch):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.write(match, by=old, text="Hello")
    offer = make.offer(by=broodnodig)
    Listing.objects.filter(pk=offer.pk).update(contact=old)
    merge_accounts(old, ada, by=cleo)
    assert Message.objects.get().author == ada
    assert Listing.objects.get(pk=offer.pk).contact == ada


def test_the_old_account_signs_in_no_more_and_its_sessions_end(cleo, ada, old):
    browser = sign_in(Client(), old)
    give_app(old)
    merge_accounts(old, ada, by=cleo)
    old.refresh_from_db()
    assert (old.is_active, old.has_usable_password(), old.merged_into) == (False, False, ada)
    assert not Authenticator.objects.filter(user=old).exists()
    assert browser.get(reverse("desk")).status_code == 302


def test_the_old_address_opens_the_account_that_stays(cleo, ada, old):
    merge_accounts(old, ada, by=cleo)
    address = EmailAddress.objects.get(email="ada@oud.example")
    assert (address.user, address.verified, address.primary) == (ada, True, False)
    assert EmailAddress.objects.get(user=ada, primary=True).email == ada.email
    login = {"login": "ada@oud.example", "password": make.PASSWORD}
    answer = Client().post(reverse("account_login"), login)
    assert answer.status_code == 302


def test_an_address_that_was_never_proved_opens_nothing(cleo, ada, old):
    EmailAddress.objects.filter(user=old).update(verified=False)
    merge_accounts(old, ada, by=cleo)
    assert not EmailAddress.objects.filter(email="ada@oud.example").exists()


def test_the_inbox_goes_along_without_doubles(cleo, ada, old, broodnodig, lunch):
    Membership.objects.filter(person=old).update(role="owner")
    make.match("approved", need=lunch, supplier=broodnodig)
    both = Notice.objects.filter(recipient=ada).count()
    alone = Notice.objects.filter(recipient=old).exclude(
        event__in=Notice.objects.filter(recipient=ada).values("event")
    )
    only_old = alone.count()
    merge_accounts(old, ada, by=cleo)
    assert Notice.objects.filter(recipient=ada).count() == both + only_old
    assert not Notice.objects.filter(recipient=old, status="waiting").exists()


def test_both_addresses_hear_of_it(cleo, ada, old):
    merge_accounts(old, ada, by=cleo)
    told = Notice.objects.filter(template="notices/account").values_list("address", flat=True)
    assert set(told) == {ada.email, "ada@oud.example"}


def test_the_journal_stays_as_it_was_and_says_that_it_happened(cleo, ada, old):
    mine = make.organisation("Elders", owner=old)
    before = list(Event.objects.about(mine).values())
    merge_accounts(old, ada, by=cleo)
    assert list(Event.objects.about(mine).values()) == before
    event = Event.objects.get(verb="person.merge")
    assert (event.actor, event.thing_id, event.details["into"]) == (cleo, old.pk, ada.pk)


def test_nothing_is_left_pointing_at_the_old_account(cleo, ada, old):
    make.organisation("Elders", owner=old)
    merge_accounts(old, ada, by=cleo)
    left = {
        label
        for label, relation in merging.pointing_at(Person)
        if relation.related_model._base_manager.filter(**{relation.field.name: old.pk}).exists()
    }
    assert left <= HISTORY


def test_accounts_of_the_staff_stay_apart(cleo, max_, ada, old):
    for gone, stays in ((ada, cleo), (max_, ada), (ada, ada), (Person.objects.the_factory(), ada)):
        with pytest.raises(Missing):
            merge_accounts(gone, stays, by=cleo)
    merge_accounts(old, ada, by=cleo)
    with pytest.raises(Missing):
        merge_accounts(old, ada, by=cleo)
    with pytest.raises(Missing):
        merge_accounts(ada, old, by=cleo)
