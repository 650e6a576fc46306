"""A lost second factor: asked after the password, decided by somebody else, stopped by its owner until it is done."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from factory import clock
from factory.coordination.figures import coordinator_queues
from factory.coordination.lifecycle import lost_factor
from factory.coordination.models import LostFactor
from factory.journal.models import Event
from factory.me.closing import close_account
from factory.moves import Missing, NotNow, make_due_moves
from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from partners.models import Person
from tests import make
from tests.doors import code_of, give_app, sign_in

ASK = reverse("lost_factor_ask")
LOGIN = reverse("account_login")
NUMBER = "06 00 00 00 77"


@pytest.fixture(autouse=True)
def reachable(ada, cleo, max_):
    """Ada's number was known before she lost her phone; all three have an app."""
    for person in (ada, cleo, max_):
        Person.objects.filter(pk=person.pk).update(phone=NUMBER)
        person.refresh_from_db()
        give_app(person)


def half_way(person):
    """A client that typed the password, and now has to type a code."""
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    return client


def asked_by(person):
    half_way(person).post(ASK)
    return LostFactor.objects.get(person=person)


def granted(person, by):
    lost = asked_by(person)
    lost_factor.grant(lost, by=by, called="own", sure=True)
    return lost


def later(lost):
    """As if the days to stop it were over."""
    days = timedelta(days=3)
    LostFactor.objects.filter(pk=lost.pk).update(
        asked_at=lost.asked_at - days, ready_at=clock.now() - timedelta(seconds=1)
    )


def stop_link(person):
    letter = Notice.objects.mail().filter(recipient=person, answers=["stop"]).latest("pk")
    link = answer_url(letter, thing_of(letter.event), "stop")
    return link[link.index("/a/") :]


# Asking


def test_without_the_password_there_is_nothing_to_ask(client, ada):
    client.post(LOGIN, {"login": ada.email, "password": "not the password"})
    for answer in (client.get(ASK), client.post(ASK), Client().post(ASK)):
        assert answer.url == LOGIN
    assert not LostFactor.objects.exists()


def test_whoever_has_no_second_factor_has_none_to_lose(dan):
    assert half_way(dan).post(ASK).url == reverse("desk")
    assert not LostFactor.objects.exists()


def test_after_the_password_it_is_asked_and_its_owner_and_who_decides_hear_at_once(ada, cleo):
    lost = asked_by(ada)
    letters = Notice.objects.mail().filter(event__verb="lostfactor.ask")
    assert {letter.recipient.name: letter.answers for letter in letters} == {
        "Ada Owner": ["stop"],
        "Cleo Coordinator": [],
        "Max Administrator": [],
    }
    assert all(letter.next_at <= clock.now() for letter in letters)
    event = Event.objects.about(lost).get()
    assert (event.actor.is_the_factory, event.on_behalf_of) == (True, ada)


def plain(answer):
    html = answer.content.decode()
    return answer.status_code, re.sub(r'csrfmiddlewaretoken" value="\w+', "", html)


def test_the_pages_say_the_same_whoever_it_is_and_nothing_of_them(ada, cleo, noor):
    give_app(noor)  # no number is known of her
    pages = []
    for person in (ada, cleo, noor):
        client = half_way(person)
        pages.append([plain(client.get(ASK)), plain(client.post(ASK, follow=True))])
        text = str(pages[-1])
        assert NUMBER not in text
        assert person.email not in text
        assert person.name not in text
    assert pages[0] == pages[1] == pages[2]


def test_asking_again_says_the_same_and_asks_once(ada):
    answers = [plain(half_way(ada).post(ASK, follow=True)) for _n in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert LostFactor.objects.count() == 1
    lost_factor.refuse(LostFactor.objects.get(), by=make.coordinator("Chris"))
    half_way(ada).post(ASK)
    assert LostFactor.objects.count() == 1  # not again on the same day


def test_other_verified_addresses_hear_it_with_the_same_way_to_stop_it(ada):
    for email, verified in (("ada@home.example", True), ("not-hers@mail.example", False)):
        EmailAddress.objects.create(user=ada, email=email, verified=verified)
    lost = asked_by(ada)
    assert not Notice.objects.filter(address="not-hers@mail.example").exists()
    text = Notice.objects.get(address="ada@home.example").text
    link = re.search(r"/a/\S+", text)[0]
    assert Client().post(link, {"token": "t"}).status_code == 302
    lost.refresh_from_db()
    assert lost.state == "stopped"


def test_who_is_away_gets_it_and_no_replacement(ada, ben, broodnodig):
    away = {"away_from": clock.today(), "away_until": clock.today() + timedelta(days=9)}
    theirs = broodnodig.memberships.get(person=ben)
    broodnodig.memberships.filter(person=ada).update(replacement=theirs, **away)
    asked_by(ada)
    assert not Notice.objects.filter(recipient=ben, event__verb="lostfactor.ask").exists()
    hers = Notice.objects.mail().get(recipient=ada, event__verb="lostfactor.ask")
    assert hers.status == "waiting"


# Deciding


def test_nobody_decides_about_themselves_and_only_an_administrator_about_a_coordinator(cleo, max_):
    chris = make.coordinator("Chris Colleague")
    for whose, by in ((cleo, cleo), (cleo, chris), (max_, max_)):
        LostFactor.objects.filter(person=whose).exists() or asked_by(whose)
        with pytest.raises(PermissionDenied):
            lost_factor.grant(LostFactor.objects.get(person=whose), by=by, called="own", sure=True)
    lost_factor.grant(LostFactor.objects.get(person=cleo), by=max_, called="own", sure=True)


def test_a_colleague_sees_nothing_of_a_coordinators(cleo, max_, ada):
    asked_by(cleo)
    chris = make.coordinator("Chris Colleague")
    assert not LostFactor.objects.visible_to(chris).exists()
    assert LostFactor.objects.visible_to(max_).exists()
    assert not LostFactor.objects.visible_to(ada).exists()


def test_it_takes_a_number_that_was_known_already(ada, cleo, broodnodig):
    lost = asked_by(ada)
    type(broodnodig).objects.filter(pk=broodnodig.pk).update(phone="030 555 01 99")
    desk = sign_in(Client(), cleo)
    page = reverse("admin:coordination_lostfactor_move", args=[lost.pk, "grant"])
    text = desk.get(page).content.decode()
    assert NUMBER in text
    assert "030 555 01 99 (Broodnodig)" in text
    desk.post(page, {"called": "own", "token": "t"})
    lost.refresh_from_db()
    assert lost.state == "asked"  # the tick is missing
    desk.post(page, {"called": f"organisation-{broodnodig.pk}", "sure": "on", "token": "t"})
    lost.refresh_from_db()
    assert (lost.state, lost.decided_by) == ("waiting", cleo)
    assert "030" not in str(Event.objects.about(lost).last().details)


def test_without_a_number_or_with_an_address_that_refuses_mail_nobody_grants_it(ada, cleo):
    lost = asked_by(ada)
    Person.objects.filter(pk=ada.pk).update(phone="", address_fails_since=clock.now())
    lost = LostFactor.objects.get(pk=lost.pk)
    with pytest.raises(Missing) as reasons:
        lost_factor.grant(lost, by=cleo, called="own", sure=True)
    assert len(reasons.value.reasons) == 2


def test_it_stands_on_the_call_list_of_who_may_decide(ada, cleo, max_):
    asked_by(ada)
    asked_by(cleo)
    found = {who: coordinator_queues(who)[1].rows for who in (cleo, max_)}
    assert [row.title for row in found[cleo]] == ["Ada Owner is de tweede stap kwijt"]
    assert len(found[max_]) == 2
    assert ("Ada Owner", NUMBER) in found[cleo][0].people


# Waiting, and stopping


def test_until_its_time_nothing_changes(ada, cleo):
    lost = granted(ada, cleo)
    assert lost.ready_at - clock.now() > timedelta(days=1, hours=23)
    make_due_moves()
    assert Authenticator.objects.filter(user=ada).exists()
    with pytest.raises(NotNow):
        lost_factor.take_away(lost)


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_any_of_the_mails_stops_it_without_signing_in(request, who, max_):
    person = request.getfixturevalue(who)
    lost = granted(person, max_)
    client = Client()
    assert client.get(stop_link(person)).status_code == 200
    lost.refresh_from_db()
    assert lost.state == "waiting"  # opening a link changes nothing
    client.post(stop_link(person), {"token": "t"})
    later(lost)
    make_due_moves()
    lost.refresh_from_db()
    assert lost.state == "stopped"
    assert Authenticator.objects.filter(user=person).exists()
    assert Notice.objects.mail().filter(event__verb="lostfactor.stop", recipient=max_).exists()


def test_the_link_of_one_stops_nothing_of_another(ada, noor, cleo):
    give_app(noor)
    hers = granted(ada, cleo)
    half_way(noor).post(ASK)
    Client().post(stop_link(noor), {"token": "t"})
    hers.refresh_from_db()
    assert hers.state == "waiting"


def test_its_owner_stops_it_on_the_page_where_somebody_is_signed_in_still(client, ada, dan, cleo):
    lost = granted(ada, cleo)
    page = reverse("lost_factor", args=[lost.pk])
    stop = reverse("lost_factor_move", args=[lost.pk, "stop"])
    assert sign_in(Client(), dan).get(page).status_code == 404
    assert stop in sign_in(client, ada, second_factor=True).get(page).content.decode()
    client.post(stop, {"token": "t"})
    assert stop not in client.get(page).content.decode()


# Done


def test_then_the_factor_the_password_and_every_session_are_gone(ada, cleo):
    old = sign_in(Client(), ada, second_factor=True)
    lost = granted(ada, cleo)
    later(lost)
    assert old.get(reverse("desk")).status_code == 200
    make_due_moves()
    assert old.get(reverse("desk")).status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()
    answer = Client().post(LOGIN, {"login": ada.email, "password": make.PASSWORD})
    assert answer.status_code == 200  # the password that was asked with opens nothing
    letter = Notice.objects.mail().filter(recipient=ada).latest("pk")
    assert letter.event.verb == "lostfactor.take_away"


def test_a_new_one_has_to_be_set_up_before_any_page_opens_and_the_last_one_stays(ada, cleo):
    lost = granted(ada, cleo)
    later(lost)
    make_due_moves()
    client = sign_in(Client(), Person.objects.get(pk=ada.pk))
    assert client.get(reverse("desk")).url == reverse("mfa_index")
    page = reverse("mfa_activate_totp")
    client.get(page)
    client.post(page, {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get(reverse("desk")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_a_decision_of_a_coordinator_is_not_enough_once_the_person_is_one(ada, cleo):
    lost = granted(ada, cleo)
    later(lost)
    Person.objects.filter(pk=ada.pk).update(is_staff=True)
    make_due_moves()
    lost.refresh_from_db()
    assert lost.state == "waiting"


def test_an_account_that_is_closed_meanwhile_is_left_alone(ada, cleo):
    lost = granted(ada, cleo)
    later(lost)
    close_account(ada)
    assert make_due_moves() == 0
    assert not LostFactor.objects.under_way().exists()
