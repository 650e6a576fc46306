"""Three presets, one digest a week, on Friday at nine by the clock on the wall."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils import timezone

from factory import clock
from factory.notices import digests
from factory.notices.links import unsubscribe_url
from factory.notices.models import Notice, Preference, Urgency
from factory.notices.timing import last_digest, mail_at, next_digest, week_of
from market.lifecycle import match as matches
from tests import make

Preset, Status = Preference.Preset, Notice.Status
TOPIC = "market.match"
MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
FRIDAY = datetime(2026, 11, 27, 8, tzinfo=UTC)
AT_ONCE, LATER = {"next_at": MOMENT}, {"digest_at": FRIDAY}
TABLE = [
    (Preset.EVERYTHING, Urgency.CLOCK, AT_ONCE),
    (Preset.EVERYTHING, Urgency.ASK, AT_ONCE),
    (Preset.EVERYTHING, Urgency.NEWS, AT_ONCE),
    (Preset.NEEDS_ME, Urgency.CLOCK, AT_ONCE),
    (Preset.NEEDS_ME, Urgency.ASK, AT_ONCE),
    (Preset.NEEDS_ME, Urgency.NEWS, LATER),
    (Preset.WEEKLY, Urgency.CLOCK, AT_ONCE),
    (Preset.WEEKLY, Urgency.ASK, LATER),
    (Preset.WEEKLY, Urgency.NEWS, LATER),
]


@pytest.mark.parametrize(("preset", "urgency", "when"), TABLE)
def test_each_preset_says_what_comes_at_once(db, preset, urgency, when):
    person = make.person()
    Preference.objects.create(person=person, preset=preset)
    assert mail_at(person, urgency, TOPIC, MOMENT) == when


def test_without_a_choice_only_what_needs_me_comes_at_once(db):
    person = make.person()
    assert mail_at(person, Urgency.ASK, TOPIC, MOMENT) == AT_ONCE
    assert mail_at(person, Urgency.NEWS, TOPIC, MOMENT) == LATER


@pytest.mark.parametrize(
    ("urgency", "when"), [(Urgency.CLOCK, AT_ONCE), (Urgency.ASK, None), (Urgency.NEWS, None)]
)
def test_a_muted_topic_is_silent_but_for_what_has_a_date(db, urgency, when):
    person = make.person()
    Preference.objects.create(person=person, preset=Preset.EVERYTHING, muted=[TOPIC])
    assert mail_at(person, urgency, TOPIC, MOMENT) == when


@pytest.mark.parametrize("topic", [TOPIC, "digest"])
def test_who_stops_a_topic_gets_no_line_of_it_that_waits(client, ada, match, cleo, topic):
    matches.approve(match, by=cleo)
    waits = {"status": "waiting", "digest_at": FRIDAY, "next_at": None, "urgency": Urgency.NEWS}
    mail = Notice.objects.mail().filter(recipient=ada, event__verb="match.approve")
    mail.update(**waits)
    client.post("/" + unsubscribe_url(ada.pk, topic).split("/", 3)[3])
    assert set(mail.values_list("status", flat=True)) == {"dropped"}


def test_what_has_a_date_waits_on_though_its_topic_was_stopped(client, ada, match, cleo):
    matches.approve(match, by=cleo)
    mail = Notice.objects.mail().filter(recipient=ada)
    mail.update(urgency=Urgency.CLOCK)
    client.post("/" + unsubscribe_url(ada.pk, TOPIC).split("/", 3)[3])
    assert set(mail.values_list("status", flat=True)) == {"waiting"}


def test_without_the_weekly_mail_news_is_in_the_inbox_only(db):
    person = make.person()
    Preference.objects.create(person=person, muted=["digest"])
    assert mail_at(person, Urgency.NEWS, TOPIC, MOMENT) is None
    assert mail_at(person, Urgency.ASK, TOPIC, MOMENT) == AT_ONCE


@pytest.mark.parametrize(
    ("moment", "friday"),
    [
        ("2026-11-27T07:59:59+00:00", "2026-11-27T08:00:00+00:00"),
        ("2026-11-27T08:00:00+00:00", "2026-12-04T08:00:00+00:00"),
        ("2027-03-27T12:00:00+00:00", "2027-04-02T07:00:00+00:00"),  # summer time began
        ("2027-03-26T08:00:00+00:00", "2027-04-02T07:00:00+00:00"),
        ("2027-10-29T07:00:00+00:00", "2027-11-05T08:00:00+00:00"),  # and ended
        ("2026-12-31T23:30:00+00:00", "2027-01-01T08:00:00+00:00"),
    ],
)
def test_the_digest_is_on_friday_at_nine_in_summer_and_in_winter(moment, friday):
    moment, friday = datetime.fromisoformat(moment), datetime.fromisoformat(friday)
    assert next_digest(moment) == friday
    assert timezone.localtime(friday).hour == 9
    assert last_digest(friday) == friday
    assert last_digest(moment) <= moment < next_digest(moment)


@pytest.fixture
def news(match, noor, cleo):
    """Two lines for Noor's weekly mail, whose Friday has come."""
    other = make.match(need=match.need)
    Notice.objects.all().delete()
    for thing in (match, other):
        matches.approve(thing, by=cleo)
    Notice.objects.exclude(recipient=noor).delete()
    Notice.objects.filter(recipient=noor).update(next_at=None)
    lines = Notice.objects.mail().filter(recipient=noor)
    lines.update(digest_at=last_digest(clock.now()))
    return lines


def test_the_lines_of_a_week_are_one_mail(news, noor, serve, deliver):
    server = serve()
    assert digests.gather() == 1
    digest = Notice.objects.get(week__isnull=False)
    assert deliver(digest).status == Status.SENT
    (mail,) = server.mails(noor.email)
    text = mail.get_body(("plain",)).get_content()
    assert text.count("/market/matches/") == 2
    assert mail["List-Unsubscribe"]
    assert {line.status for line in news} == {Status.SENT}


def test_the_digest_comes_once_however_often_the_clock_ticks(news, noor, serve, deliver):
    server = serve()
    for _tick in range(3):
        digests.gather()
        deliver(news.first())
    assert len(server.mails(noor.email)) == 1


def test_what_came_too_late_waits_for_the_next_friday(news, noor):
    late = news.last()
    Notice.objects.filter(pk=late.pk).update(digest_at=next_digest(clock.now()))
    digests.gather()
    Notice.objects.filter(pk=late.pk).update(digest_at=last_digest(clock.now()))
    assert digests.gather() == 0
    late.refresh_from_db()
    assert (late.status, late.digest) == (Status.WAITING, None)


def test_two_clocks_at_once_make_one_digest(news, noor):
    friday = last_digest(clock.now())
    assert digests.put_together(noor, friday)
    assert not digests.put_together(noor, friday)
    assert Notice.objects.filter(week=week_of(friday)).count() == 1


def test_the_database_refuses_a_second_digest_in_a_week(news, noor):
    digests.gather()
    first = Notice.objects.get(week__isnull=False)
    with pytest.raises(IntegrityError, match="notice_one_digest_a_week"):
        Notice.objects.create(
            recipient=noor, channel="mail", template="x", week=first.week, next_at=Now()
        )


def test_a_digest_without_anything_left_to_see_is_not_sent(news, noor, serve, deliver):
    server = serve()
    digests.gather()
    make.leaves(noor)
    digest = Notice.objects.get(week__isnull=False)
    assert deliver(digest).status == Status.DROPPED
    assert server.taken == []
    assert {line.status for line in news} == {Status.DROPPED}
