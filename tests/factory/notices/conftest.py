"""Mail that leaves at once, and servers to leave it with."""

import pytest

from factory.notices import delivery
from factory.notices.models import Notice
from market.lifecycle import match as matches
from tests.factory.notices.servers import Server


@pytest.fixture(autouse=True)
def at_once(settings):
    """Coordinators' moves tell at once here."""
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
    """The mail that asks Ada whether it fits; the only one that is due."""
    Notice.objects.all().delete()
    matches.approve(match, by=cleo)
    Notice.objects.exclude(recipient=ada).delete()
    return Notice.objects.mail().get()


@pytest.fixture
def deliver():
    """Send what is due and look at this one again."""

    def run(notice):
        delivery.run()
        notice.refresh_from_db()
        return notice

    return run
