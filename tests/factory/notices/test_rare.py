"""What seldom happens to mail, and must go well all the same."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from factory import clock
from factory.notices import delivery, sending, tasks
from factory.notices.models import Notice, Preference
from factory.notices.outbox import post
from market.lifecycle import match as matches

Status = Notice.Status


def test_who_loses_the_lease_while_the_server_talks_does_not_send(asked, serve):
    server = serve()
    late = Notice.objects.claim()
    assert delivery.made(late)
    Notice.objects.filter(pk=asked.pk).update(lease=uuid4())
    with sending.Post() as way:
        delivery.handle(late, way)
        delivery.handle(late, way)
    assert server.taken == []


def test_a_server_that_sends_us_away_gets_the_next_mail_on_a_new_connection(asked, serve, deliver):
    serve(data=["421 Too many"])
    other = post("somebody@mail.example", "Your code", "123")
    assert deliver(other).status == Status.SENT
    asked.refresh_from_db()
    assert (asked.status, asked.answer) == (Status.WAITING, "421 Too many")


def test_a_run_ends_in_time_and_says_that_more_waits(asked, serve):
    serve()
    assert delivery.run(seconds=0) is True
    assert delivery.run() is False


@pytest.mark.parametrize("task", [tasks.deliver, tasks.digests])
def test_a_task_without_work_is_done_at_once(db, serve, task):
    serve()
    assert task() is None


def test_muted_news_is_in_the_inbox_only(match, ada, cleo):
    Preference.objects.create(person=ada, muted=["market.match"])
    Notice.objects.all().delete()
    matches.approve(match, by=cleo)
    assert Notice.objects.mail().filter(recipient=ada).count() == 0
    assert Notice.objects.inbox(ada).count() == 1


def test_mail_of_a_replayed_past_is_never_sent(match, ada, cleo, serve, deliver):
    server = serve()
    Notice.objects.all().delete()
    with clock.replay(timezone.now() - timedelta(days=3)):
        matches.approve(match, by=cleo)
    notice = Notice.objects.mail().get(recipient=ada)
    assert deliver(notice).status == Status.DROPPED
    assert server.taken == []
    assert Notice.objects.inbox(ada).unread().count() == 0
