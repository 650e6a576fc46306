"""How long a mail that cannot wait takes while a thousand digests stand before it: by the fault tests' own town."""

import subprocess
import sys

from django.conf import settings

SAID = "chaos: at once beside"
TEST = (
    "tests/faults/test_chaos.py::test_the_delay_of_mail_that_cannot_wait_behind_a_thousand_digests"
)
PART = """
## Mail
From the commit of a move to the 250 of the mail server, through a real worker, Redis and SMTP; the bar is 10 s at p95.

{line}
"""


def delay():
    """The paragraph with what was measured; ``CalledProcessError`` if the mail was late or lost."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "chaos",
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
        TEST,
    ]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith(SAID)]
    if done.returncode or not lines:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return PART.format(line=lines[0].removeprefix("chaos: ").capitalize() + ".")
