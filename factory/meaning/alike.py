"""Words that are one but for a slip, an ending or a compound: which two, so that it can be said."""

from functools import lru_cache
from itertools import product

from factory.meaning.empty import EMPTY
from factory.meaning.inflecting import forms
from factory.meaning.wording import SHORTEST_SHARED, words_of

SHORTEST_SLIP = 7  # too many shorter words differ by one letter and mean something else
MOST_ALIKE = 2
IN_MEMORY = 2_000  # texts
KINDS = (("whole", "whole"), ("whole", "part"), ("part", "whole"), ("slip", "slip"))


def alike_words(one, other, aside=""):
    """Up to two pairs of a word of each text that are written alike, the longest first; none of those of ``aside``.

    What stands in both texts as it is, is not looked at: that is told as such.
    """
    mine, theirs = _traces(one), _traces(other)
    told = ({*words_of(one)} & {*words_of(other)}) | {*words_of(aside)}
    found = set()
    for here, there in KINDS:
        for trace in mine[here].keys() & theirs[there].keys():
            found |= set(product(mine[here][trace], theirs[there][trace]))
    kept = []
    for pair in sorted(found, key=lambda pair: (-min(map(len, pair)), pair)):
        if told.isdisjoint(pair) and len(kept) < MOST_ALIKE:
            told |= {*pair}
            kept.append([*pair])
    return kept


@lru_cache(IN_MEMORY)
def _traces(text):
    """By kind, what may be met in another text and the words that left it."""
    found = {"whole": {}, "part": {}, "slip": {}}
    for word in {*words_of(text)} - EMPTY:
        if len(word) >= SHORTEST_SHARED:
            for kind, traces in (
                ("whole", _forms(word)),
                ("part", _ends(word)),
                ("slip", _slips(word)),
            ):
                for trace in traces:
                    found[kind].setdefault(trace, set()).add(word)
    return found


def _forms(word):
    return {form for form in forms(word) if len(form) >= SHORTEST_SHARED}


def _ends(word):
    """With what a compound begins and ends."""
    return {
        end
        for form in forms(word)
        for n in range(SHORTEST_SHARED, len(form))
        for end in (form[:n], form[-n:])
    }


def _slips(word):
    """The word and what is left of it without one letter, the first always kept."""
    if len(word) < SHORTEST_SLIP:
        return set()
    return {word} | {word[:n] + word[n + 1 :] for n in range(1, len(word))}
