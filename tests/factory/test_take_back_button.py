"""The button that takes a move back stands on the page that comes next, with until when, and only for who made it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factory import clock
from factory.journal.models import Event
from factory.models import Undoable
from factory.notices.models import Notice
from factory.tasks import make_due_moves
from partners import lifecycle as organisations
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_cleo(cleo):
    return sign_in(Client(), cleo)


def address(event):
    return reverse("take_back", args=[event.pk])


def press_turn_down(client, challenge):
    url = f"{challenge.get_absolute_url()}turn_down/"
    return client.post(url, {"reason": "Nobody would run it.", "token": "1"}, follow=True)


def test_a_wrong_click_on_a_challenge_is_undone_on_the_page_that_comes_next(as_cleo, cleo):
    made = contest.contest("submitted")
    page = press_turn_down(as_cleo, made.challenge)
    event = Event.objects.about(made.challenge).last()
    assert event.verb == "challenge.turn_down"
    assert address(event) in page.content.decode()
    there = page.request["PATH_INFO"]
    after = as_cleo.post(address(event), {"next": there}, follow=True)
    assert after.request["PATH_INFO"] == there
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.reason) == ("submitted", "")
    assert address(event) not in after.content.decode()
    assert not Notice.objects.filter(event=event, channel="mail", status="waiting").exists()
    assert as_cleo.post(address(event)).status_code == 404


def test_a_wrong_click_on_an_organisation_is_undone_from_the_admin(as_cleo, cleo):
    thing = make.organisation("Stadse Kost")
    colleague = make.member(thing, "editor")
    url = reverse("admin:partners_organisation_change", args=[thing.pk])
    as_cleo.post(f"{url.removesuffix('change/')}move/suspend/", {"note": "Gone", "token": "2"})
    event = Event.objects.about(thing).last()
    assert address(event) in as_cleo.get(url).content.decode()
    as_cleo.post(address(event), {"next": url})
    thing.refresh_from_db()
    assert (thing.state, thing.question) == ("active", "")
    assert colleague.memberships.get().role == "editor"


def test_only_who_made_it_sees_the_button_and_no_member_presses_it(as_cleo, cleo):
    made = contest.contest("submitted")
    press_turn_down(as_cleo, made.challenge)
    event = Event.objects.about(made.challenge).last()
    other = sign_in(Client(), made.other)
    assert address(event) not in other.get(made.challenge.get_absolute_url()).content.decode()
    owner = sign_in(Client(), made.owner)
    assert owner.post(address(event)).status_code == 403
    made.challenge.refresh_from_db()
    assert made.challenge.state == "declined"
    assert other.post(address(event)).status_code == 302
    made.challenge.refresh_from_db()
    assert made.challenge.state == "submitted"


def test_once_the_time_is_over_the_button_is_gone(as_cleo, monkeypatch):
    made = contest.contest("submitted")
    press_turn_down(as_cleo, made.challenge)
    event = Event.objects.about(made.challenge).last()
    later = clock.now() + timedelta(seconds=301)
    monkeypatch.setattr("factory.clock.now", lambda: later)
    assert address(event) not in as_cleo.get(made.challenge.get_absolute_url()).content.decode()
    as_cleo.post(address(event))
    made.challenge.refresh_from_db()
    assert made.challenge.state == "declined"


def test_a_foreign_address_is_not_where_one_goes_next(as_cleo):
    made = contest.contest("submitted")
    press_turn_down(as_cleo, made.challenge)
    event = Event.objects.about(made.challenge).last()
    answer = as_cleo.post(address(event), {"next": "https://evil.example/"})
    assert answer.url == made.challenge.get_absolute_url()


def test_how_things_were_is_let_go_of_once_the_time_is_over(cleo, monkeypatch):
    thing = make.organisation()
    organisations.suspend(thing, by=cleo, note="Gone")
    make_due_moves()
    assert Undoable.objects.exists()
    later = clock.now() + timedelta(seconds=301)
    monkeypatch.setattr("factory.clock.now", lambda: later)
    make_due_moves()
    assert not Undoable.objects.exists()


def test_a_page_asks_the_database_only_where_something_was_done(as_cleo):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_cleo.get(reverse("about"))
        return sum("factory_undoable" in query["sql"] for query in queries)

    assert asked() == 0
    press_turn_down(as_cleo, contest.contest("submitted").challenge)
    assert asked() > 0


def test_the_button_says_how_many_seconds_are_left_and_what_came_before_is_folded(as_cleo, cleo):
    first, second = contest.contest("submitted"), make.organisation("Stadse Kost")
    press_turn_down(as_cleo, first.challenge)
    url = reverse("admin:partners_organisation_change", args=[second.pk])
    as_cleo.post(f"{url.removesuffix('change/')}move/suspend/", {"note": "Gone", "token": "2"})
    text = as_cleo.get(url).content.decode()
    last, _fold, before = text.partition("<details><summary>")
    assert address(Event.objects.about(second).last()) in last
    assert 'data-seconds="' in last
    assert address(Event.objects.about(first.challenge).last()) in before
    assert "js/seconds.js" in before
