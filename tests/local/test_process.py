"""Nothing outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time

from factory.local.lock import alive
from factory.local.process import GUARD, Children, dying_with_us, stop, wait_until

# A run in the background of a shell ignores SIGINT, and its children would inherit that.
LISTEN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
SLEEP = [sys.executable, "-c", f"{LISTEN}; import time; print(1, flush=True); time.sleep(60)"]
STARTS_A_CHILD = """
import sys, time
from factory.local.process import Children
print(Children().start("sleep", [sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def gone(pid):
    return wait_until(lambda: not alive(pid), seconds=10)


def test_a_child_ends_when_its_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", STARTS_A_CHILD], stdout=subprocess.PIPE)
    with parent:
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
    assert gone(child)


def test_a_child_whose_parent_was_gone_before_it_began_does_not_begin():
    begins = [*dying_with_us("TERM"), sys.executable, "-c", "print('began')"]
    ours = subprocess.run(begins, stdout=subprocess.PIPE, check=False)
    assert ours.stdout == b"began\n"
    begins[begins.index(str(os.getpid()))] = "0"
    orphan = subprocess.run(begins, stdout=subprocess.PIPE, check=False)
    assert orphan.stdout == b""


def test_where_the_kernel_cannot_help_a_guard_ends_the_children():
    sleeper = subprocess.Popen(SLEEP, start_new_session=True, stdout=subprocess.PIPE)
    sleeper.stdout.readline()
    guard = subprocess.Popen([sys.executable, "-S", GUARD], stdin=subprocess.PIPE)
    guard.communicate(f"{sleeper.pid}\n".encode(), timeout=10)
    assert sleeper.wait(10) != 0


def test_the_guard_is_told_of_every_child(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    children = Children()
    sleeper = children.start("sleeper", SLEEP, stdout=subprocess.PIPE)
    sleeper.stdout.readline()  # it listens by now
    children._guard.stdin.close()
    assert sleeper.wait(10) != 0
    children._guard.wait()
    children._guard = None
    children.stop()


def test_a_process_that_does_not_listen_is_killed():
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", f"{deaf}; time.sleep(60)"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        process.stdout.readline()
        began = time.monotonic()
        stop(process, patience=0.5)
    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_those_that_ended_are_named():
    children = Children()
    children.start("short", [sys.executable, "-c", ""])
    children.start("long", SLEEP)
    assert wait_until(lambda: children.ended() == ["short"], seconds=10)
    children.stop()
    assert not children.running


def test_a_process_is_alive_until_it_is_gone():
    assert alive(os.getpid())
    assert not alive(None)
