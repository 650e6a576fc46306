"""ClamAV, spoken to as its daemon listens."""

import pytest

from factory.files.scanning import clamd
from tests.factory.files.scanners import MARK, Daemon


@pytest.mark.parametrize(("content", "found"), [(b"a" * 200_000, ""), (b"..." + MARK, "Eicar")])
def test_clamav_is_asked_and_heard(settings, content, found):
    with Daemon() as settings.CLAMD_ADDRESS:
        assert clamd(content) == found


def test_a_daemon_that_is_away_is_an_error(settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:9"
    with pytest.raises(OSError):  # noqa: PT011 - whatever the machine says about it
        clamd(b"a")
