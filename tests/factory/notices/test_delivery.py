"""Mail leaves once, and whatever the server does is noted."""

import pytest
from django.db.models.functions import Now

from factory.notices import delivery
from factory.notices.models import Notice
from factory.notices.sending import Post
from market.lifecycle import match as matches
from tests.factory.notices.servers import Server

Status = Notice.Status


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TAKE_BACK_SECONDS = 0


@pytest.fixture
def serve(settings):
    """Start a server with these manners and make it ours."""

    def start(**manners):
        server = Server(**manners)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        return server

    return start


@pytest.fixture
def asked(match, ada, cleo):
    """The mail that asks Ada whether it fits."""
    Notice.objects.mail().delete()
    matches.approve(match, by=cleo)
    return Notice.objects.mail().get(recipient=ada)


def deliver(notice):
    delivery.run()
    notice.refresh_from_db()
    return notice


def test_a_mail_is_sent_and_the_servers_answer_is_kept(asked, ada, serve):
    server = serve()
    sent = deliver(asked)
    assert (sent.status, sent.answer, sent.raw) == (Status.SENT, "250 Taken", "")
    (mail,) = server.mails(ada.email)
    assert mail["Message-ID"] == sent.message_id
    assert mail["Subject"] == sent.subject


def test_a_mail_that_was_sent_is_not_sent_again(asked, ada, serve):
    server = serve()
    deliver(asked)
    delivery.run()
    assert len(server.mails(ada.email)) == 1


def test_greylisting_puts_a_mail_off_and_the_same_bytes_go_later(asked, ada, serve):
    server = serve(rcpt={ada.email: "451 Come back later"})
    waiting = deliver(asked)
    assert (waiting.status, waiting.answer) == (Status.WAITING, "451 Come back later")
    assert Notice.objects.filter(pk=asked.pk, next_at__gt=Now()).exists()
    kept = waiting.raw
    server.rcpt.clear()
    Notice.objects.filter(pk=asked.pk).update(next_at=Now())
    deliver(asked)
    ((_to, raw),) = [row for row in server.taken if row[0] == ada.email]
    assert raw.splitlines() == kept.splitlines()
