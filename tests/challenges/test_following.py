"""Following a challenge or all of them; the feed and the diary."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from challenges.lifecycle import ending, opening
from challenges.models import Follower
from factory import clock
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.test_challenge_page import english
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def told(person):
    """What somebody heard of challenges."""
    told = Notice.objects.filter(
        recipient=person, channel="inbox", template__contains="/challenge/"
    )
    return set(told.values_list("template", flat=True))


def test_one_press_follows_and_another_stops(client, lekstede, dan):
    made = contest.challenge("open", by=lekstede)
    assert client.post(f"{english(made)}follow/").status_code == 302
    assert not Follower.objects.exists()
    sign_in(client, dan)
    for _twice in range(2):
        assertRedirects(client.post(f"{english(made)}follow/"), english(made))
    assertContains(client.get(english(made)), "1 follows it")
    assert Follower.objects.get().person == dan
    client.post(f"{english(made)}follow/", {"stop": "1"})
    assert not Follower.objects.exists()


def test_what_is_not_public_cannot_be_followed(client, lekstede, dan, noor):
    made = contest.challenge("shaping", by=lekstede)
    for person in (dan, noor):
        assert sign_in(client, person).post(f"{english(made)}follow/").status_code == 404


def test_who_follows_all_hears_of_each_that_opens_and_once(client, lekstede, dan):
    sign_in(client, dan).post("/en/challenges/following/")
    client.post("/en/challenges/following/")
    assert Follower.objects.count() == 1
    made = contest.contest("scheduled", by=lekstede)
    with make.days_ago(5):
        opening.publish(made.challenge)
    assert told(dan) == {"notices/challenge/publish_followers_of_all"}


def test_who_follows_one_hears_how_it_ends_and_others_do_not(lekstede, dan, ada):
    made = contest.contest("open", by=lekstede)
    Follower.objects.create(challenge=made.challenge, person=dan)
    ending.withdraw(made.challenge, by=made.owner, reason="The money went elsewhere.")
    assert told(dan) == {"notices/challenge/withdraw_other_followers"}
    assert told(ada) == set()


def test_the_feed_holds_what_the_board_shows_and_nothing_that_is_not_public(client, lekstede):
    contest.challenge("open", by=lekstede, title="Rides to the clinic")
    contest.challenge("cancelled", by=lekstede, title="Warm houses")
    contest.challenge("scheduled", by=lekstede, title="Still a secret")
    answer = client.get("/en/challenges/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assertContains(answer, "Rides to the clinic")
    assertNotContains(answer, "Warm houses")
    answer = client.get("/en/challenges/feed.atom?state=all")
    assertContains(answer, "Warm houses")
    assertNotContains(answer, "Still a secret")


def events(answer):
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_diary_holds_every_moment_under_an_id_that_stays(client, lekstede):
    deadline = clock.now() + timedelta(days=20)
    made = contest.challenge(
        "open", by=lekstede, deadline_at=deadline, pitch_at=deadline + timedelta(days=9)
    )
    found = events(client.get(f"{english(made)}diary.ics"))
    assert f"challenge-{made.pk}-deadline-at@" in " ".join(found)
    assert len(found) == 3
    entry = next(event for uid, event in found.items() if "deadline" in uid)
    assert entry.decoded("dtstart") == deadline.replace(microsecond=0)
    assert entry["sequence"] == made.version
    assert events(client.get(f"{english(made)}diary.ics")).keys() == found.keys()
    assert len(events(client.get("/en/challenges/deadlines.ics"))) == 1


def test_a_diary_of_what_is_not_public_is_not_there(client, lekstede):
    made = contest.challenge("shaping", by=lekstede)
    assert client.get(f"{english(made)}diary.ics").status_code == 404
