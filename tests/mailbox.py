"""Reads the mails the catcher kept."""

import email
from email.policy import default
from pathlib import Path

from factory.local.process import wait_until


class Mailbox:
    """One folder of .eml files, oldest first."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def mails(self, to=None):
        """Every mail, or those to one address."""
        found = [
            email.message_from_bytes(path.read_bytes(), policy=default) for path in self.files()
        ]
        return [mail for mail in found if to is None or to in mail["X-Peer-To"].split(", ")]

    def files(self):
        return sorted(self.folder.glob("*.eml"))

    def empty(self):
        for path in self.files():
            path.unlink()

    def wait_for(self, to=None, *, count=1, seconds=20):
        """The mails once there are `count`; fails when they do not come in time."""
        assert wait_until(lambda: len(self.mails(to)) >= count, seconds=seconds), (
            f"{len(self.mails(to))} of {count} mails to {to} came within {seconds} seconds"
        )
        return self.mails(to)
