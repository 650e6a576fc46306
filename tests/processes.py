"""Looks at and ends other processes, by /proc; the tests need no `ps`.

`python -m tests.processes PYTHON` ends with 1 when a server of this checkout still runs.
"""

import os
import signal
import sys
from pathlib import Path


def stat(pid):
    """State and parent of a process, or None when it is gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return words[0], int(words[1])


def everybody():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def descendants(pid):
    """The ids of the processes started by one, and by those, nearest first."""
    parents = [(other, found[1]) for other in everybody() if (found := stat(other))]
    children = [child for child, parent in parents if parent == pid]
    return children + [below for child in children for below in descendants(child)]


def running(pids):
    """Those that are still there and not merely waiting to be buried."""
    return [pid for pid in pids if (found := stat(pid)) and found[0] not in "ZX"]


def kill_tree(pid):
    """`kill -9` for a process and everything it started, the first one first."""
    below = descendants(pid)
    for victim in (pid, *below):
        if running([victim]):
            os.kill(victim, signal.SIGKILL)


def serving(python):
    """What still serves or works with this Python: the command lines."""
    lines = [command(pid) for pid in everybody()]
    return [
        line
        for line in lines
        if line.startswith(python) and {"gunicorn", "celery"} & set(line.split())
    ]


def command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


if __name__ == "__main__" and (left := serving(sys.argv[1])):
    sys.exit("Still running after the stop:\n" + "\n".join(left))
