"""Mail that comes back behind a relay: a coordinator notes it, the queue shows it, and it can be taken back."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory.coordination.unreachable import mail_came_back
from factory.journal.models import Event
from factory.notices.delivery import arrived
from factory.notices.models import Notice
from factory.notices.outbox import post
from factory.notices.sight import why_not
from partners.calls import coordinator_queues
from partners.models import Person
from tests import make
from tests.doors import sign_in
from tests.factory.test_accounts import code_in, mailed
from tests.staff import at_the_desk


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


def way(person):
    return reverse("admin:partners_person_mail", args=[person.pk])


def page(person):
    return f"/en/admin/partners/person/{person.pk}/change/"


def bounced(cleo):
    queue = next(q for q in coordinator_queues(cleo, everywhere=True) if q.key == "bounced")
    return [row.title for row in queue.rows]


def fresh(person):
    return Person.objects.get(pk=person.pk)


def events(person):
    return list(Event.objects.about(person).values_list("verb", "actor"))


def test_what_a_coordinator_saw_come_back_is_on_the_call_list(desk, cleo, ada, broodnodig):
    assertContains(desk.get(page(ada)), "Mail came back")
    assertContains(desk.post(way(ada), {"back": "1"}, follow=True), "Mail arrives after all")
    assert fresh(ada).address_fails_since
    assert bounced(cleo) == ["Broodnodig"]
    assert events(ada) == [("person.mail_came_back", cleo.pk)]


def test_pressing_twice_notes_it_once(desk, cleo, ada):
    for _press in "12":
        desk.post(way(ada), {"back": "1"})
    assert len(events(ada)) == 1


def test_it_can_be_taken_back(desk, cleo, ada, broodnodig):
    desk.post(way(ada), {"back": "1"})
    desk.post(way(ada), {"arrives": "1"})
    assert (fresh(ada).address_fails_since, fresh(ada).address_told) == (None, "")
    assert bounced(cleo) == []
    assert events(ada)[-1] == ("person.mail_arrives", cleo.pk)
    assertNotContains(desk.get(page(ada)), "Mail arrives after all")


def test_nothing_is_mailed_there_meanwhile(cleo, ada, lunch, broodnodig):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    asked = Notice.objects.mail().filter(recipient=ada, event__thing_id=match.pk).first()
    assert why_not(asked) is None
    mail_came_back(ada, by=cleo)
    assert why_not(Notice.objects.get(pk=asked.pk))


@pytest.mark.parametrize(("told", "clears"), [(True, False), (False, True)])
def test_that_a_relay_takes_a_mail_does_not_wipe_what_a_coordinator_saw(cleo, ada, told, clears):
    """And where the server itself refused one before, a mail that arrives does."""
    mail_came_back(ada, by=cleo)
    if not told:
        Person.objects.filter(pk=ada.pk).update(address_told="")
    post(ada.email, "A code", "123")
    arrived(Notice.objects.claim(), "250 Accepted by the relay")
    assert (fresh(ada).address_fails_since is None) is clears


def test_another_address_that_was_confirmed_takes_mail_again(client, cleo, ada, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    mail_came_back(ada, by=cleo)
    inside = sign_in(client, ada)
    inside.post(reverse("account_email"), {"email": "ada.new@mail.example", "action_add": "1"})
    code = code_in(mailed("ada.new@mail.example"))
    inside.post(reverse("account_email_verification_sent"), {"code": code})
    assert EmailAddress.objects.filter(user=ada, email="ada.new@mail.example").exists()
    assert (fresh(ada).email, fresh(ada).address_fails_since) == ("ada.new@mail.example", None)


def test_only_by_pressing_and_only_of_somebody_who_is_here(desk, client, ada, dan):
    assert desk.get(way(ada)).status_code == 404
    Person.objects.filter(pk=dan.pk).update(is_active=False)
    assert desk.post(way(dan), {"back": "1"}).status_code == 404
    client.force_login(ada)
    assert client.post(way(ada), {"back": "1"}).status_code in (302, 403)
    assert fresh(ada).address_fails_since is None
