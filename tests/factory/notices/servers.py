"""Mail servers with manners of their own, on real sockets."""

import asyncio
from email import message_from_string
from email.policy import default

from factory.local.mail import Catcher


class Server:
    """Answers each recipient and each mail as told, and keeps what it took."""

    def __init__(self, *, rcpt=(), data=(), wait=0, leave=()):
        self.rcpt, self.data, self.wait, self.leave = dict(rcpt), list(data), wait, list(leave)
        self.taken = []
        catcher = Catcher(".", handler=self)
        self.port = catcher.port
        catcher.start_in_a_thread()

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse the addresses that have an answer of their own."""
        if refusal := self.rcpt.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take the mail, after a while; perhaps say something else, or hang up without a word."""
        await asyncio.sleep(self.wait)
        answer = self.data.pop(0) if self.data else "250 Taken"
        if answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos[0], envelope.content.decode("ascii")))
        if self.leave and self.leave.pop(0):
            server.transport.abort()
        return answer

    def mails(self, to):
        """What arrived for one address, parsed."""
        return [message_from_string(raw, policy=default) for who, raw in self.taken if who == to]
