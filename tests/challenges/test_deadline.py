"""The deadline to the microsecond, by the database's clock alone; and on the two days on which the hour changes."""

import time
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from threading import Thread
from unittest import mock

import pytest
from django.db import connection
from django.utils import timezone, translation

from challenges.lifecycle import entry as entries
from challenges.lifecycle.entry import why_closed
from challenges.models import Challenge, Entry, Submission
from factory import clock
from factory.moves import Busy, Missing, NotNow
from factory.templatetags.words import moment
from tests import contest, make

Attempt = namedtuple("Attempt", "before after accepted at")
OFF = timedelta(minutes=5)
THREADS = 6
ENTRIES = 54  # in one round
MAKING = timedelta(seconds=10)  # a challenge and the drafts for it


def database_time():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def attempt(entry):
    """One try to send in an entry that never was, and the database's time around it."""
    before, at = database_time(), None
    try:
        entries.submit(entry, by=entry.contact)
        accepted, at = True, entry.submitted_at
    except (Missing, NotNow):
        accepted = False
    except Busy:
        return None
    return Attempt(before, database_time(), accepted, at)


def sends_in(keys, moments, found):
    """Send each of these entries in once, at its moment or as soon after it as the one before allows."""
    try:
        for pk, moment_of_it in zip(keys, moments, strict=True):
            entry = Entry.objects.select_related("contact").get(pk=pk)
            while database_time() < moment_of_it:
                time.sleep(0.002)
            found.append(attempt(entry))
    finally:
        connection.close()


def a_round():
    """So many entries, each once, spread from two seconds before a deadline to two seconds after it."""
    places = [make.organisation() for _one in range(ENTRIES)]
    deadline = clock.now() + MAKING + timedelta(seconds=2)
    made = contest.contest("open", deadline_at=deadline)
    begun = [contest.entry(made.challenge, place, state="draft").pk for place in places]
    first, step = deadline - timedelta(seconds=2), timedelta(seconds=4) / ENTRIES
    assert database_time() < first, "the drafts were not ready in time"
    moments, found = [first + step * number for number in range(ENTRIES)], []
    shares = [slice(number, None, THREADS) for number in range(THREADS)]
    threads = [Thread(target=sends_in, args=[begun[one], moments[one], found]) for one in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return deadline, [one for one in found if one]


def misjudged(one, deadline):
    """Accepted though it came after the deadline, or refused though all of it was before."""
    if one.accepted:
        return one.before > deadline or one.at > deadline
    return one.after < deadline


def judge(least):
    """Rounds until so many entries were sent in, with the web's clock five minutes off, first fast and then slow."""
    seen = 0
    for off in (OFF, -OFF) * 20:
        real = time.time
        with (
            mock.patch("time.time", lambda real=real, off=off: real() + off.total_seconds()),
            mock.patch.object(timezone, "now", lambda off=off: datetime.now(UTC) + off),
        ):
            deadline, found = a_round()
        assert [one for one in found if misjudged(one, deadline)] == []
        assert {one.accepted for one in found} == {True, False}
        assert not Submission.objects.filter(
            at__gt=deadline, entry__challenge__deadline_at=deadline
        )
        seen += len(found)
        if seen >= least:
            return
    raise AssertionError(f"only {seen} entries")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_hundred_entries_around_the_deadline_are_judged_right():
    judge(100)


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_a_thousand_entries_around_the_deadline_are_judged_right():
    judge(1000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("2027-03-28T00:59:59+00:00", "zondag 28 maart 2027, 1.59 uur"),
        ("2027-03-28T01:00:00+00:00", "zondag 28 maart 2027, 3.00 uur"),
        ("2027-10-31T00:30:00+00:00", "zondag 31 oktober 2027, 2.30 uur (zomertijd)"),
        ("2027-10-31T01:30:00+00:00", "zondag 31 oktober 2027, 2.30 uur (wintertijd)"),
        ("2027-10-31T11:00:00+00:00", "zondag 31 oktober 2027, 12.00 uur"),
    ],
)
def test_the_hour_of_a_deadline_says_which_of_two_it_is(deadline, words):
    at = datetime.fromisoformat(deadline)
    with translation.override("nl"):
        assert moment(at) == words
    challenge = Challenge(state="open", deadline_at=at)
    assert not list(why_closed(challenge, at))
    assert list(why_closed(challenge, at + timedelta(microseconds=1)))


@pytest.mark.django_db
def test_at_the_deadline_itself_one_may_and_a_second_later_not():
    twelve = datetime(2027, 10, 31, 12, 0, 0, tzinfo=timezone.get_default_timezone())
    challenge = Challenge(state="open", deadline_at=twelve)
    assert not list(why_closed(challenge, twelve.astimezone(UTC)))
    assert list(why_closed(challenge, twelve + timedelta(seconds=1)))


@pytest.mark.django_db
def test_a_receipt_says_the_hour_without_doubt(broodnodig):
    summer, winter = (datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1))
    said = [Submission(at=at).exact for at in (summer, winter)]
    assert said == ["2027-10-31 02:30:00.000000+02:00", "2027-10-31 02:30:00.000000+01:00"]
