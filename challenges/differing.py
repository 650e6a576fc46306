"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, ADDED, GONE = "same", "added", "gone"


def differences(before, after):
    """``[(kind, words)]`` in reading order; kind is :data:`SAME`, :data:`ADDED` or :data:`GONE`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(old[a:b])))
            continue
        gone, added = "".join(old[a:b]), "".join(new[c:d])
        found += [(kind, words) for kind, words in ((GONE, gone), (ADDED, added)) if words]
    return found
