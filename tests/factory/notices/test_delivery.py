"""Mail leaves once, and whatever the server does is noted."""

import socket
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from factory.notices import delivery, sending
from factory.notices.models import Notice
from factory.notices.outbox import post
from partners.models import Person

Status = Notice.Status


def due_again(notice):
    Notice.objects.filter(pk=notice.pk).update(next_at=Now())


def test_a_mail_is_sent_and_the_servers_answer_is_kept(asked, ada, serve, deliver):
    server = serve()
    sent = deliver(asked)
    assert (sent.status, sent.answer, sent.raw, sent.lease) == (Status.SENT, "250 Taken", "", None)
    (mail,) = server.mails(ada.email)
    assert mail["Message-ID"] == sent.message_id
    assert mail["Subject"] == sent.subject


def test_a_mail_that_was_sent_is_not_sent_again(asked, ada, serve, deliver):
    server = serve()
    deliver(asked)
    deliver(asked)
    assert len(server.mails(ada.email)) == 1


def test_greylisting_puts_a_mail_off_and_the_same_bytes_go_later(asked, ada, serve, deliver):
    server = serve(rcpt={ada.email: "451 Come back later"})
    waiting = deliver(asked)
    assert (waiting.status, waiting.answer) == (Status.WAITING, "451 Come back later")
    assert Notice.objects.filter(pk=asked.pk, next_at__gt=Now()).exists()
    kept = waiting.raw
    server.rcpt.clear()
    due_again(asked)
    deliver(asked)
    ((_to, raw),) = server.taken
    assert raw.splitlines() == kept.splitlines()


def test_a_later_no_to_the_content_puts_it_off_too(asked, serve, deliver):
    serve(data=["452 Full"])
    assert deliver(asked).answer == "452 Full"
    assert asked.status == Status.WAITING


def test_an_address_that_does_not_exist_fails_and_is_remembered(asked, ada, serve, deliver):
    serve(rcpt={ada.email: "550 No such person"})
    assert (deliver(asked).status, asked.answer) == (Status.FAILED, "550 No such person")
    ada.refresh_from_db()
    assert ada.address_fails_since is not None


def test_mail_to_an_address_that_fails_is_not_tried(asked, ada, serve, deliver):
    server = serve()
    Person.objects.filter(pk=ada.pk).update(address_fails_since=Now())
    assert deliver(asked).status == Status.FAILED
    assert server.taken == []


def test_content_that_is_refused_says_nothing_about_the_address(asked, ada, serve, deliver):
    serve(data=["554 No thanks"])
    assert deliver(asked).status == Status.FAILED
    ada.refresh_from_db()
    assert ada.address_fails_since is None


def test_once_more_reaches_the_new_address_and_clears_the_mark(asked, ada, serve, deliver):
    server = serve(rcpt={ada.email: "550 No such person"})
    first = deliver(asked).message_id
    Person.objects.filter(pk=ada.pk).update(email="ada.new@mail.example")
    assert Notice.objects.filter(pk=asked.pk).again() == 1
    assert deliver(asked).status == Status.SENT
    assert [mail["Message-ID"] for mail in server.mails("ada.new@mail.example")] == [first]
    ada.refresh_from_db()
    assert ada.address_fails_since is None


def test_a_copy_of_what_arrived_gets_a_number_of_its_own(asked, ada, serve, deliver):
    server = serve()
    deliver(asked)
    asked.again()
    deliver(asked)
    assert len({mail["Message-ID"] for mail in server.mails(ada.email)}) == 2


def test_a_bad_recipient_holds_nobody_up(asked, ada, serve, deliver):
    server = serve(rcpt={ada.email: "550 No such person"})
    other = post("somebody@mail.example", "Your code", "123")
    assert deliver(other).status == Status.SENT
    assert len(server.mails("somebody@mail.example")) == 1


def test_a_server_that_hangs_up_after_the_mail_gets_it_once_more_unchanged(
    asked, ada, serve, deliver
):
    server = serve(leave=[True])
    assert deliver(asked).status == Status.WAITING
    due_again(asked)
    assert deliver(asked).status == Status.SENT
    first, second = server.mails(ada.email)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


def test_a_server_that_hangs_up_halfway_does_not_hold_up_the_next(asked, serve, deliver):
    serve(leave=[True])
    other = post("somebody@mail.example", "Your code", "123")
    assert deliver(other).status == Status.SENT


def test_a_server_that_is_away_costs_no_attempt(asked, settings, deliver):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        assert deliver(asked).status == Status.WAITING
    assert asked.attempts == 0
    assert "Refused" in asked.answer


def test_a_slow_server_is_waited_for(asked, serve, deliver):
    serve(wait=2)
    assert deliver(asked).status == Status.SENT


def test_a_server_too_slow_for_us_is_tried_later(asked, serve, deliver, monkeypatch):
    monkeypatch.setattr(sending, "TAKE_SECONDS", 0.3)
    serve(wait=1)
    assert deliver(asked).status == Status.WAITING
    assert "TimeoutError" in asked.answer or "SMTPServerDisconnected" in asked.answer


def test_it_gives_up_after_three_days(asked, ada, serve, deliver):
    serve(rcpt={ada.email: "451 Come back later"})
    Notice.objects.filter(pk=asked.pk).update(attempts=delivery.MOST_ATTEMPTS - 1)
    assert deliver(asked).status == Status.FAILED


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 15), (2, 30), (8, 1920), (20, 3600)])
def test_it_waits_longer_after_each_attempt(asked, attempts, seconds):
    notice = Notice.objects.claim()
    notice.attempts = attempts
    delivery.put_off(notice, "451 Later")
    assert Notice.objects.filter(
        pk=notice.pk,
        next_at__gt=Now() + timedelta(seconds=seconds - 5),
        next_at__lte=Now() + timedelta(seconds=seconds),
    ).exists()


def test_a_mail_that_cannot_be_made_is_put_off_and_holds_nobody_up(asked, serve, deliver):
    serve()
    Notice.objects.filter(pk=asked.pk).update(template="notices/match/no_such_words")
    other = post("somebody@mail.example", "Your code", "123")
    assert deliver(other).status == Status.SENT
    asked.refresh_from_db()
    assert (asked.status, asked.answer) == (
        Status.WAITING,
        "TemplateDoesNotExist while the mail was made",
    )


def test_two_senders_never_hold_the_same_mail(asked):
    assert Notice.objects.claim() == asked
    assert Notice.objects.claim() is None


def test_a_sender_that_went_silent_loses_the_mail_to_another(asked, serve, deliver):
    serve()
    Notice.objects.claim()
    Notice.objects.filter(pk=asked.pk).update(leased_until=Now())
    assert deliver(asked).status == Status.SENT
    assert asked.attempts == 2


def test_a_sender_that_lost_its_lease_neither_sends_nor_marks(asked, serve):
    server = serve()
    late = Notice.objects.claim()
    Notice.objects.filter(pk=asked.pk).update(lease=uuid4())
    with sending.Post() as way:
        delivery.handle(late, way)
    asked.refresh_from_db()
    assert server.taken == []
    assert asked.status == Status.SENDING


def test_mail_about_signing_in_leaves_no_code_behind(db, serve, deliver):
    server = serve()
    sent = deliver(post("somebody@mail.example", "Your code", "Use 314159"))
    assert (sent.text, sent.raw) == ("", "")
    assert "314159" in server.taken[0][1]


def test_what_is_at_once_goes_before_a_thousand_digests(db, serve, asked):
    people = Person.objects.bulk_create(
        Person(email=f"p{n}@mail.example", name=f"P {n}") for n in range(1000)
    )
    Notice.objects.bulk_create(
        Notice(
            recipient=person,
            address=person.email,
            channel="mail",
            template="notices/digest",
            week="2026-11-20",
            next_at="2026-11-20T08:00:00Z",
        )
        for person in people
    )
    assert Notice.objects.claim() == asked
