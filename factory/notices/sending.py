"""The way to the mail server, with what the server answered."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend

TALK_SECONDS = 10  # for each answer of the server but the last
TAKE_SECONDS = 35  # for the answer to the mail itself: giving up too early means sending it twice
OUR_FAULT = (smtplib.SMTPServerDisconnected, TimeoutError, OSError)


class Trouble(Exception):
    """The mail did not go. ``str()`` is what the server said."""


class Away(Trouble):
    """There is no talking to the server at all: no fault of this mail."""


class Later(Trouble):
    """The server may take it another time."""


class Refused(Trouble):
    """The server will never take it; ``address`` says whether because of who it is for."""

    def __init__(self, answer, *, address):
        self.address = address
        super().__init__(answer)


class Post:
    """A connection to the mail server, made when first needed and made anew after trouble."""

    def __init__(self):
        self.backend = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def send(self, sender, to, raw, *, still_ours):
        """Hand one mail over; returns the server's answer. Asks ``still_ours()`` at the last moment."""
        smtp = self.connected()
        try:
            self._accepted(smtp, smtp.mail(sender), address=False)
            self._accepted(smtp, smtp.rcpt(to), address=True)
            if not still_ours():
                smtp.rset()
                raise Later("another sender took over")
            smtp.sock.settimeout(TAKE_SECONDS)
            answer = self._accepted(smtp, smtp.data(raw), address=False)
            smtp.sock.settimeout(TALK_SECONDS)
        except smtplib.SMTPDataError as error:
            self.close()
            self._judge(error.smtp_code, said(error.smtp_code, error.smtp_error), address=False)
        except OUR_FAULT as error:
            self.close()
            raise Later(f"{type(error).__name__}: {error}") from error
        return answer

    def connected(self):
        """An open connection; raises :class:`Away`."""
        if self.backend and self.backend.connection:
            return self.backend.connection
        self.backend = EmailBackend(timeout=TALK_SECONDS)
        try:
            self.backend.open()
            self.backend.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's exceptions are OSErrors too
            self.close()
            raise Away(f"{type(error).__name__}: {error}") from error
        return self.backend.connection

    def close(self):
        """Let go of the connection, whatever state it is in."""
        if self.backend and self.backend.connection:
            self.backend.connection.close()
        self.backend = None

    def _accepted(self, smtp, reply, *, address):
        code, words = reply
        if code >= 400:
            self._reset(smtp, code)
            self._judge(code, said(code, words), address=address)
        return said(code, words)

    def _reset(self, smtp, code):
        """Make the connection fit for the next mail; 421 means that the server is hanging up."""
        if code == 421:
            return self.close()
        try:
            smtp.rset()
        except OSError:
            self.close()

    def _judge(self, code, words, *, address):
        if code >= 500:
            raise Refused(words, address=address)
        raise Later(words)


def said(code, words):
    """The server's answer as text: ``250 Kept``."""
    words = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(words.split())}"[:500]
