"""Ends the processes whose ids arrive on standard input, once the writer of them is gone."""

import contextlib
import os
import signal
import sys


def main():
    """Read ids until the other end closes, then interrupt each with its whole session."""
    for pid in [int(line) for line in sys.stdin]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGINT)


if __name__ == "__main__":
    main()
