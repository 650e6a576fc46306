"""A mail server on a real socket that can go away, come back, misbehave, and be killed beside."""

import asyncio
import hashlib
import logging
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, syntax

from factory.local.mail import listening


@dataclass(frozen=True)
class Copy:
    """One mail as it was taken in."""

    message_id: str
    to: str
    content: str  # a digest of its bytes
    at: float  # time.time()


class Server(SMTP):
    """Tells its handler of DATA before the mail itself is asked for."""

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        """The client wants to hand a mail over."""
        self.event_handler.reached("data", self)
        await super().smtp_DATA(arg)


class Door(Controller):
    """The listening socket of one opening."""

    def factory(self):
        """What serves one connection."""
        return Server(self.handler, hostname="localhost", enable_SMTPUTF8=True)


@dataclass
class PostOffice:
    """Keeps what it took. ``when[point]`` holds what happens at a point of each next conversation:

    ``mail`` (the sender is named), ``data`` (DATA is asked), ``before 250`` (the whole mail is here).
    ``answers`` are given to the next mails instead of 250, ``slow`` are seconds until the next mails are taken
    (others are served meanwhile); ``to`` answers a recipient; ``cut`` are the
    Message-IDs of what was taken while this server cut the line before its 250, ``unwritten`` of what got its 250 from
    us while its sender was killed before it could write that down: each must come once more.
    """

    taken: list = field(default_factory=list)
    when: dict = field(default_factory=lambda: defaultdict(list))
    answers: list = field(default_factory=list)
    slow: list = field(default_factory=list)
    to: dict = field(default_factory=dict)
    cut: list = field(default_factory=list)
    unwritten: list = field(default_factory=list)
    at_hand: Copy = None
    door: Door = None
    port: int = 0

    def open(self):
        """Listen, always at the same port."""
        if not self.port:
            logging.getLogger("mail.log").setLevel(logging.WARNING)  # else a line for each word
            with listening() as found:
                self.port = found.getsockname()[1]
        self.door = Door(self, hostname="127.0.0.1", port=self.port)
        self.door.start()
        return self

    def close(self):
        """Nobody answers any more."""
        if self.door:
            self.door.stop(no_assert=True)
        self.door = None

    def reached(self, point, server):
        """Do what is to happen at this point, once each."""
        if self.when[point]:
            self.when[point].pop(0)(server)

    async def handle_MAIL(self, server, session, envelope, address, options):
        """The sender is named."""
        self.reached("mail", server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Some recipients have an answer of their own."""
        if answer := self.to.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """The whole mail is here; it counts as taken unless the answer says otherwise.

        Whose sender dies while it waits is not taken: the connection ends, and this with it.
        """
        if self.slow:
            await asyncio.sleep(self.slow.pop(0))
        answer = self.answers.pop(0) if self.answers else "250 Taken"
        self.at_hand = copy_of(envelope) if answer.startswith("250") else None
        if self.at_hand:
            self.taken.append(self.at_hand)
        self.reached("before 250", server)
        if answer.startswith("421"):
            server.transport.close()
        return answer

    def cut_off(self, server):
        """The line breaks after the last byte and before the 250: the sender cannot know that the mail is here."""
        if self.at_hand:
            self.cut.append(self.at_hand.message_id)
        server.transport.abort()

    def copies(self):
        """How often each Message-ID was taken."""
        return Counter(copy.message_id for copy in self.taken)

    def copies_of_kills(self):
        """Copies beyond the first, but for those that nobody could spare: see ``cut`` and ``unwritten``."""
        owed = Counter(self.cut + self.unwritten)
        return sum(max(0, times - 1 - owed[number]) for number, times in self.copies().items())

    def sent_to(self, address):
        """The Message-IDs that came for one address, in order."""
        return [copy.message_id for copy in self.taken if copy.to == address]


def copy_of(envelope):
    """What is kept of a mail."""
    mail = message_from_bytes(envelope.content, policy=default)
    digest = hashlib.sha256(envelope.content).hexdigest()
    return Copy(str(mail["Message-ID"]), envelope.rcpt_tos[0], digest, time.time())
