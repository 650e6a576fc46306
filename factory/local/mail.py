"""A mail server that keeps every mail as a file and sends none on: `python -m factory.local.mail`."""

import argparse
import asyncio
import os
import signal
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP


class Folder:
    """One .eml file a mail; the names sort by time of arrival."""

    def __init__(self, path):
        self.path = Path(path)
        self.path.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):
        """Called by the SMTP server; the answer is what its client hears."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{uuid4().hex[:6]}"
        head = f"X-Peer-From: {envelope.mail_from}\r\nX-Peer-To: {', '.join(envelope.rcpt_tos)}\r\n"
        part = self.path / f"{name}.part"
        part.write_bytes(head.encode() + envelope.content)
        part.rename(part.with_suffix(".eml"))  # a reader never sees half a mail
        return f"250 Kept as {name}"


class Catcher:
    """The server: on a socket it is given, or on a free port."""

    def __init__(self, folder, *, descriptor=None, handler=None):
        self.folder = Path(folder)
        self.handler = handler or Folder(folder)
        self.socket = socket.socket(fileno=descriptor) if descriptor else listening()
        self.port = self.socket.getsockname()[1]

    async def serve(self):
        """Answer until the task is cancelled."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._session, sock=self.socket)
        async with server:
            await server.serve_forever()

    def start_in_a_thread(self):
        """For tests: serve beside the caller until the process ends."""
        threading.Thread(target=asyncio.run, args=[self.serve()], daemon=True).start()

    def _session(self):
        return SMTP(self.handler, hostname="localhost", enable_SMTPUTF8=True)


def listening(port=0):
    """A listening socket on this machine alone; port 0 means any free one."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OSError:
        found.close()
        raise
    found.listen(128)
    return found


def main():
    """Serve on an inherited socket until told to stop."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--descriptor", type=int, required=True)
    words.add_argument("--folder", required=True)
    asked = words.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    asyncio.run(Catcher(asked.folder, descriptor=asked.descriptor).serve())


if __name__ == "__main__":
    main()
