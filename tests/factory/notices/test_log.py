"""The coordinators' delivery log, and the hint that wakes the workers."""

import time
from datetime import timedelta

import pytest
from celery import Celery
from django.conf import settings as site
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from factory import clock
from factory.notices import waking
from factory.notices.models import Notice
from factory.notices.outbox import post
from factory.notices.tasks import deliver as deliver_task
from market.lifecycle import match as matches
from tests.staff import at_the_desk

LOG = f"/{site.ADMIN_PATH}notices/notice/"
Status = Notice.Status


@pytest.fixture
def desk(cleo):
    """Cleo's browser, in the admin."""
    return at_the_desk(cleo)


@pytest.fixture
def failed(asked, ada, serve, deliver):
    """A mail that the server refused; the server takes it from now on."""
    server = serve(rcpt={ada.email: "550 No such person"})
    deliver(asked)
    server.rcpt.clear()
    return asked


def test_the_log_shows_what_the_server_said(desk, failed):
    page = desk.get(f"{LOG}?status__exact=failed").content.decode()
    assert "550 No such person" in page
    assert page.count('name="send_again"') == 1


def test_the_button_stands_beside_the_address_and_the_answer_under_the_state(desk, failed, ada):
    answer = desk.get(f"{LOG}?status__exact=failed")
    assert answer.context["cl"].list_display[1:] == [
        "created_at", "to", "once_more", "what", "how_it_stands", "sent_at",
    ]  # fmt: skip
    assert "mislukt<br><span" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "{pk}/change/"])
def test_the_log_is_called_mail_and_no_code_name_is_in_sight(desk, asked, page):
    answer = desk.get(LOG + page.format(pk=asked.pk))
    assert answer.context["title"] == "Mail"
    assert "Berichten ›" not in answer.content.decode()
    assert asked.template not in answer.content.decode()


def test_one_press_sends_it_again(desk, failed, ada, deliver):
    desk.post(LOG, {"send_again": failed.pk})
    assert deliver(failed).status == Status.SENT


def test_the_log_never_shows_what_a_mail_says(desk, asked, serve, deliver):
    serve()
    deliver(asked)
    post("somebody@mail.example", "Your code is 314159", "Use 314159")
    for page in (desk.get(LOG), desk.get(f"{LOG}{asked.pk}/change/")):
        assert "/a/" not in page.content.decode()
        assert "314159" not in page.content.decode()


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_nothing_is_added_or_deleted_in_the_log(desk, asked, page):
    assert desk.get(LOG + page.format(pk=asked.pk)).status_code == 403


def test_nothing_is_changed_in_the_log(desk, asked):
    desk.post(f"{LOG}{asked.pk}/change/", {"status": "sent"})
    asked.refresh_from_db()
    assert asked.status == Status.WAITING


def test_a_code_to_sign_in_is_never_sent_again(desk, db, serve, deliver):
    serve()
    code = deliver(post("somebody@mail.example", "Your code", "314159"))
    assert Notice.objects.filter(pk=code.pk).again() == 0


def test_after_a_restore_mail_waits_for_a_coordinator(desk, asked, serve, deliver):
    server = serve()
    assert Notice.objects.quarantine() == 1
    assert deliver(asked).status == Status.QUARANTINED
    desk.post(LOG, {"action": "release", "_selected_action": [asked.pk]})
    assert deliver(asked).status == Status.SENT
    assert len(server.taken) == 1


def test_what_did_not_arrive_is_on_the_coordinators_first_page(desk, failed):
    assert "550 No such person" in desk.get(f"/{site.ADMIN_PATH}").content.decode()


def test_a_hint_to_a_broker_that_is_away_costs_less_than_a_second(monkeypatch):
    """Nothing is lost by it: the sweep finds the mail."""
    away = Celery(broker="redis://127.0.0.1:1/0")
    away.conf.broker_transport_options = site.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(waking, "current_app", away)
    begin = time.monotonic()
    waking.hint()
    assert time.monotonic() - begin < 1


@pytest.mark.django_db(transaction=True)
def test_a_hint_that_breaks_does_not_break_the_move(monkeypatch):
    monkeypatch.setattr(waking, "current_app", None)
    with transaction.atomic():
        post("somebody@mail.example", "Your code", "314159")
    assert Notice.objects.mail().count() == 1


def test_the_worker_sends_what_is_due_within_ten_seconds(worker, mailbox):
    post("first@mail.example", "Your code", "271828")
    mailbox.wait_for("first@mail.example", seconds=60)  # the worker has started
    with transaction.atomic():
        post("somebody@mail.example", "Your code", "314159")
    begin = time.monotonic()
    (mail,) = mailbox.wait_for("somebody@mail.example")
    assert time.monotonic() - begin < 10
    assert "314159" in mail.get_body(("plain",)).get_content()


def test_five_wake_ups_send_one_mail(asked, ada, serve):
    server = serve()
    for _n in range(5):
        deliver_task()
    assert len(server.mails(ada.email)) == 1


def test_a_move_wakes_a_worker_only_after_it_is_committed(
    match, cleo, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        matches.approve(match, by=cleo)
    assert waking.hint in callbacks


def test_what_is_replayed_is_dated_in_its_own_day_and_never_sent(match, cleo):
    day = clock.now() - timedelta(days=3)
    with clock.replay(day):
        matches.approve(match, by=cleo)
    told = Notice.objects.filter(event__replayed=True)
    assert {notice.created_at for notice in told} == {day}
    assert {notice.status for notice in told.mail()} == {Status.DROPPED}
    assert not told.due().exists()


def test_mail_in_quarantine_is_not_due(asked):
    Notice.objects.quarantine()
    Notice.objects.mail().update(next_at=Now())
    assert Notice.objects.claim() is None


def test_a_number_that_is_none_sends_nothing_again(cleo):
    answer = at_the_desk(cleo).post(reverse("admin:notices_notice_changelist"), {"send_again": "²"})
    assert answer.status_code == 200
