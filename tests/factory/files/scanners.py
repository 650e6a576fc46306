"""Virus scanners as a place may have them, and one that speaks as ClamAV's daemon does."""

import socket
import struct
import threading

MARK = b"X5O!P%@AP"  # the harmless test file that every scanner finds begins like this


def finds(content):
    """Finds something in everything."""
    return "Test.Virus"


def away(content):
    """Does not answer."""
    raise ConnectionRefusedError("nobody there")


class Daemon:
    """Answers INSTREAM on a free port; finds MARK."""

    def __enter__(self):
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return f"127.0.0.1:{self.door.getsockname()[1]}"

    def __exit__(self, *error):
        self.door.close()

    def _serve(self):
        line, _who = self.door.accept()
        with line, line.makefile("rb") as said:
            said.read(len(b"zINSTREAM\0"))
            content = b"".join(iter(lambda: said.read(*struct.unpack("!L", said.read(4))), b""))
            line.sendall(b"stream: Eicar FOUND\0" if MARK in content else b"stream: OK\0")
