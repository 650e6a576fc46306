"""The words of a text: for asking the database, and for saying what two texts share."""

import re

from factory.meaning.empty import EMPTY

WORD = re.compile(r"[^\W\d_]+")
MOST_ASKED = 16
SHORTEST_SHARED = 5
MOST_SHARED = 3
MOST_QUOTED = 80  # characters
SENTENCE = re.compile(r"(?<=[.!?])\s|\n")


def words_of(text):
    """The words of a text in small letters, in order."""
    return [word for word in map(str.casefold, WORD.findall(text)) if word.isalpha()]


def asked_words(title, text):
    """What to ask for: the words of the title, then the longest of the text; telling words only."""
    title = [word for word in words_of(title) if len(word) > 2]
    rest = sorted(set(words_of(text)) - set(title), key=lambda word: (-len(word), word))
    telling = (word for word in [*title, *rest] if len(word) > 2 and word not in EMPTY)
    return list(dict.fromkeys(telling))[:MOST_ASKED]


def shared_words(one, other, aside=""):
    """Up to three words that stand in both texts literally, the longest first; none of those of ``aside``."""
    shared = {word for word in words_of(one) if len(word) >= SHORTEST_SHARED} - EMPTY
    shared -= set(words_of(aside))
    shared &= set(words_of(other))
    return sorted(shared, key=lambda word: (-len(word), word))[:MOST_SHARED]


def beginning(text):
    """The first sentence of a text, or as many of its first words as can be quoted in a line."""
    first = SENTENCE.split(text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= MOST_QUOTED else f"{first[:MOST_QUOTED].rsplit(None, 1)[0]} …"
