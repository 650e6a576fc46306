"""Reads what the mail catcher kept, and works out the codes of demo accounts."""

import email
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

PERIOD = 30  # seconds a code holds


@dataclass
class Mail:
    """One kept mail."""

    name: str
    message: EmailMessage

    @property
    def to(self):
        return self.message["X-Peer-To"] or ""

    @property
    def subject(self):
        return str(self.message["Subject"] or "")

    @property
    def sent_at(self):
        return self.message["Date"].datetime if self.message["Date"] else None

    def body(self, kind):
        """The text of the "plain" or "html" part; empty when the mail has none."""
        part = self.message.get_body([kind])
        return part.get_content() if part else ""

    @property
    def text(self):
        return self.body("plain")

    @property
    def attachments(self):
        return [part.get_filename() or part.get_content_type() for part in self.others]

    @property
    def others(self):
        return list(self.message.iter_attachments())


def names(folder):
    """The names of the kept mails, newest first."""
    return sorted((path.stem for path in Path(folder).glob("*.eml")), reverse=True)


def read(folder, name):
    """One mail by name, or None."""
    path = Path(folder) / f"{name}.eml"
    if not path.is_file():
        return None
    return Mail(name, email.message_from_bytes(path.read_bytes(), policy=default))


def current_code(person):
    """The six digits that open this account now, or None without a second factor."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if found is None:
        return None
    secret = decrypt(found.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
