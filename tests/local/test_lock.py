"""One run per checkout."""

import subprocess
import sys

import pytest

from factory.local.lock import Lock
from factory.local.trouble import Trouble

HOLD = """
import subprocess, sys
from pathlib import Path
from factory.local.lock import Lock
held = Lock(Path(sys.argv[1])).take().tell(url="http://localhost:1/")
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1.5)"], pass_fds=[held.fileno()])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process with the lock, and a server of its that inherited it."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_run_hears_where_the_first_one_is(holder, tmp_path):
    with pytest.raises(Trouble, match="already runs here at http://localhost:1/"):
        Lock(tmp_path).take()


def test_after_a_kill_the_next_run_waits_for_the_servers_to_end(holder, tmp_path):
    holder.kill()
    holder.wait()
    assert Lock(tmp_path).take().fileno()


def test_two_checkouts_do_not_wait_for_each_other(holder, tmp_path):
    assert Lock(tmp_path / "other").take()
