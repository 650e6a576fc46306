"""What can go wrong on somebody's machine, said in one plain sentence."""

import re
import shutil


class Trouble(Exception):
    """The message is for the person at the keyboard: what is wrong and what to do."""


MB = 1024 * 1024
ENOUGH = 400 * MB  # an empty cluster, its journal, the demo data and their growth
TO_GO_ON = 50 * MB  # where there is a cluster already

MISSING_LIBRARY = re.compile(r"loading shared libraries: ([^:\s]+)")


def full_disk(path, free=0, needed=ENOUGH):
    """The sentence for a disk without room."""
    found = f"{free // MB} MB is free" if free >= MB else "nothing is free"
    return Trouble(
        f"The disk that holds {path} is full: {found} and about {needed // MB} MB is needed. "
        "Make room and try again."
    )


def refuse_a_full_disk(path, needed=ENOUGH):
    """Raise Trouble when fewer than `needed` bytes are free where `path` lives."""
    if (free := shutil.disk_usage(path).free) < needed:
        raise full_disk(path, free, needed)


def explain(program, words, path):
    """Trouble for a program that did not start and left `words` behind."""
    if "No space left on device" in words:
        return full_disk(path)
    if library := MISSING_LIBRARY.search(words):
        return Trouble(
            f"{program} needs the library {library[1]}, which this machine lacks: install the "
            "system package that holds it and try again."
        )
    said = words.strip().splitlines()[-1:] or ["it said nothing"]
    return Trouble(f"{program} did not start: {said[0].strip()}")
