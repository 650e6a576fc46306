"""A listing rests until a day, and is kept on the market from the mail before its time is over."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing, NotNow, make_due_moves
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match
from tests import make

ANSWER = re.compile(r"http://[^/]+(/(?:en/)?a/[^\s]+)")
PAUSE = "pause/"


def later(days):
    """Let it be so many days from now for everything that asks the clock."""
    return clock.replay(timezone.now() + timedelta(days=days))


def again(listing):
    return Listing.objects.get(pk=listing.pk)


@pytest.fixture
def paused(lunch, noor):
    """Lunch rests for a week."""
    listings.pause(lunch, by=noor, until=clock.today() + timedelta(days=7))
    return again(lunch)


def test_it_is_paused_in_one_form_and_says_what_goes_on(client, noor, lunch):
    client.force_login(noor)
    url = f"/en{lunch.get_absolute_url()}{PAUSE}"
    assert "Who was asked already can still" in client.get(url).content.decode()
    day = clock.today() + timedelta(days=10)
    page = client.post(url, {"until": day.isoformat(), "token": "a"}, follow=True)
    assert again(lunch).state == "paused"
    assert "It comes back on the market by itself" in page.content.decode()


@pytest.mark.parametrize("days", [0, -3, 400])
def test_a_pause_ends_after_today_and_within_a_year(client, noor, lunch, days):
    client.force_login(noor)
    day = clock.today() + timedelta(days=days)
    url = f"{lunch.get_absolute_url()}{PAUSE}"
    assert client.post(url, {"until": day.isoformat(), "token": "a"}).status_code == 422
    assert again(lunch).state == "live"


def test_a_pause_ends_before_it_is_needed(client, noor, lunch):
    Listing.objects.filter(pk=lunch.pk).update(needed_by_date=clock.today() + timedelta(days=5))
    client.force_login(noor)
    day = clock.today() + timedelta(days=6)
    url = f"/en{lunch.get_absolute_url()}{PAUSE}"
    answer = client.post(url, {"until": day.isoformat(), "token": "a"})
    assert "Choose an earlier day" in answer.content.decode()


def test_what_rests_is_not_on_the_board_and_on_the_desk_of_its_people(client, paused, noor):
    assert paused.title not in client.get("/market/").content.decode()
    client.force_login(noor)
    desk = client.get("/en/desk/").content.decode()
    assert "Paused, comes back on" in desk


def test_who_was_asked_can_still_answer(paused, broodnodig, ada, cleo, noor):
    listings.resume(paused, by=noor)
    match = make.match("approved", need=paused, supplier=broodnodig)
    listings.pause(paused, by=noor, until=clock.today() + timedelta(days=7))
    matches.accept(match, by=ada)
    match.refresh_from_db()
    assert match.state == Match.State.INTRODUCED


def test_nobody_new_is_asked(paused, match, cleo):
    with pytest.raises(Missing, match=r"paused|gepauzeerd"):
        matches.approve(match, by=cleo)


def test_an_agreement_fills_what_rests(paused, broodnodig, noor):
    match = make.match(need=paused, supplier=broodnodig)
    listings.resume(paused, by=noor)
    for move, who in (("approve", {"by": make._cleo()}), ("accept", {"by": broodnodig.owner})):
        getattr(matches, move)(match, **who)
    listings.pause(paused, by=noor, until=clock.today() + timedelta(days=7))
    matches.agree(match, by=noor, cents=100_000, chosen_for="fit")
    assert again(paused).state == "filled"


def test_the_clock_brings_it_back_with_the_time_that_was_left(paused, noor):
    left = paused.expires_at - paused.paused_at
    assert make_due_moves() == 0
    with later(7):
        make_due_moves()
        back = again(paused)
        assert back.state == "live"
        assert abs((back.expires_at - clock.now()) - left) < timedelta(minutes=1)
        assert list(Listing.objects.to_search_for()) == [back]
    assert Notice.objects.filter(event__verb="listing.wake", recipient=noor).exists()


def test_it_does_not_wake_before_its_day(paused):
    with pytest.raises(NotNow):
        listings.wake(paused)


def test_two_clocks_wake_it_once(paused):
    with later(8):
        make_due_moves()
        make_due_moves()
    assert Event.objects.about(paused).filter(verb="listing.wake").count() == 1


def remind(listing):
    """The clock comes by three days before the end."""
    Listing.objects.filter(pk=listing.pk).update(expires_at=timezone.now() + timedelta(days=3))
    make_due_moves()


def links(person, verb):
    """The addresses of the answers in the mail about this move."""
    notice = Notice.objects.mail().get(recipient=person, event__verb=verb)
    return ANSWER.findall(write(notice)[2])


def test_a_week_before_the_end_its_people_get_one_mail(lunch, noor):
    make_due_moves()
    assert not Event.objects.filter(verb="listing.remind").exists()
    remind(lunch)
    make_due_moves()
    assert Event.objects.filter(verb="listing.remind").count() == 1
    assert len(links(noor, "listing.remind")) == 2


def test_one_press_from_the_mail_keeps_it_for_ninety_days(lunch, noor):
    remind(lunch)
    renew = links(noor, "listing.remind")[0]
    client = Client()
    page = client.get(renew)
    assert page.status_code == 200
    assert abs(again(lunch).expires_at - timezone.now()) < timedelta(days=4)
    assert client.post(renew, {"token": "a"}, follow=True).status_code == 200
    kept = again(lunch)
    assert kept.expires_at - timezone.now() > timedelta(days=89)
    assert kept.reminded_at is None
    assert Event.objects.about(lunch).get(verb="listing.renew").channel == Event.Channel.MAIL


def test_the_link_renews_after_the_end_too(lunch, noor):
    remind(lunch)
    renew = links(noor, "listing.remind")[0]
    Listing.objects.filter(pk=lunch.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    make_due_moves()
    assert again(lunch).state == "expired"
    assert Client().post(renew, {"token": "a"}).status_code == 302
    assert again(lunch).state == "live"


def test_a_renewed_listing_is_reminded_of_again(lunch, noor):
    remind(lunch)
    listings.renew(lunch, by=noor)
    assert make_due_moves() == 0
    remind(lunch)
    assert Event.objects.filter(verb="listing.remind").count() == 2


def test_time_goes_by_and_everything_happens_by_itself(lunch, noor):
    """Ninety days on a clock that really runs: a reminder, and then it is over."""
    for days, state, verb in ((84, "live", "listing.remind"), (91, "expired", "listing.expire")):
        with later(days):
            make_due_moves()
        assert again(lunch).state == state
        assert Event.objects.about(lunch).last().verb == verb
