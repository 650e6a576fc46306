"""Whether two words may be one, by the endings of plurals and inflections in Dutch and in English."""

ENDINGS = {"heden": "heid", "ies": "y", "en": "", "es": "", "s": "", "e": ""}
DUTCH = (
    "en",
    "e",
)  # before these a Dutch word may be spelt otherwise: raam, ramen; bak, bakken; brief, brieven
SHORTEST = 3
VOWELS, SOFT = "aeou", {"v": "f", "z": "s"}


def forms(word):
    """The word itself, and what it may be without its ending. Two words with a form in common may be one."""
    found = {word}
    for ending, instead in ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            left = word[: -len(ending)] + instead
            found |= {left, *(_spelt_alone(left) if ending in DUTCH else ())}
    return found


def _spelt_alone(left):
    """How a Dutch word is written without the ending that stood behind ``left``."""
    vowel, last = left[-2:]
    if vowel == last:
        yield left[:-1]
    left = left[:-1] + SOFT.get(last, last)
    yield left
    if vowel in VOWELS and last not in VOWELS and left[-3] not in VOWELS:
        yield f"{left[:-1]}{vowel}{left[-1]}"


def stands_in(entry, places, words):
    """Whether the words of ``entry`` (a set of forms each) stand in a text one after the other.

    ``words``: the forms of each word of the text in order; ``places``: ``{form: where it stands}``.
    """
    first = {place for form in entry[0] for place in places.get(form, ())} if entry else ()
    return any(_goes_on(entry, words[place:]) for place in first)


def _goes_on(entry, words):
    return len(words) >= len(entry) and all(
        not mine.isdisjoint(theirs) for mine, theirs in zip(entry, words, strict=False)
    )
