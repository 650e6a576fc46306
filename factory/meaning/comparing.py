"""How well texts answer what is asked: each part in standard deviations above what is usual in its language.

The model favours texts in the language of the question, so each text is measured against others in its own
language (the background, a fair sample), from the side of the question and from the side of the text. Then the
best few speak along with the question (Rocchio 1971) and all is measured again.
"""

import math
from dataclasses import dataclass, field
from functools import cache

from factory.late import numpy
from factory.meaning import letters

LETTERS_SAME, LETTERS_OTHER = 0.4, 0.25  # weight of the letters within a language, and between two
THEIR_SIDE = (
    0.7  # weight of how special the question is to a text, of how special the text is to it
)
BEST, SPEAK = 4, 0.6  # so many of the best speak along, so loudly
ENOUGH = 20  # fewer texts do not say what is usual
USUALLY = 2.0  # where these alone say what is usual, they stand so far above texts at large
CLOSE = 1e-9


@dataclass
class Text:
    """A text as a reading left it; ``vector`` is None where no model has read it."""

    language: str
    words: str
    vector: "numpy.ndarray | None" = None


class Sample:
    """Some texts of one language: their words, and the vectors of those that were read as rows of one array."""

    def __init__(self, texts=()):
        self.words = [text.words for text in texts]
        self.holding = {}
        self.read = [n for n, text in enumerate(texts) if text.vector is not None]
        rows = [texts[n].vector for n in self.read]
        self.vectors = numpy.array(rows) if rows else numpy.zeros((0, 0))
        self.middle = self.vectors.mean(axis=0) if rows else None

    def counts(self, asked):
        """As :func:`letters.counts` of these texts; each piece is counted once for all questions."""
        new = [piece for piece in asked if piece not in self.holding]
        self.holding |= zip(new, letters.counts(new, self.words).T, strict=True)
        columns = [self.holding[piece] for piece in asked]
        return numpy.array(columns, numpy.float32).reshape(len(asked), len(self.words)).T


@dataclass
class Background:
    """What is usual, by language: among the texts that may be found, and among those that ask."""

    found: dict = field(default_factory=dict)
    asking: dict = field(default_factory=dict)


@cache
def nobody():
    """A sample of no texts."""
    return Sample()


def compared(asked, found, background, parts, also=None):
    """For each text in ``found``: standard deviations by which it answers ``asked`` (a :class:`Text`).

    ``parts``: (slice of the vectors, weight) of each; ``also``: {language: more words that mean
    the same}. Empty texts get what is usual. The order of ``found`` does not matter.
    """
    if not found:
        return numpy.zeros(0)
    also, everybody = also or {}, Sample(found)
    groups = [
        _Group(asked, found, language, background, also.get(language, ""), everybody)
        for language in ("nl", "en")
    ]
    groups = [group for group in groups if len(group.places)]
    question = asked.vector
    scores = _scores(groups, question, parts, len(found))
    if question is not None:
        scores = _scores(groups, louder(question, groups, scores), parts, len(found))
        scores = scores + THEIR_SIDE * _from_their_side(asked, found, background.asking, parts)
    return numpy.nan_to_num(scores)


def pointed(question, usual, parts):
    """The question as one vector for searching: each part counts by its weight among what is usual."""
    sample, found = usual.vectors, numpy.zeros_like(question)
    for part, weight in parts:
        spread = (sample[:, part] @ question[part]).std() if len(sample) >= ENOUGH else 1.0
        found[part] = question[part] * (weight / (spread + CLOSE))
    return found / (numpy.linalg.norm(found) or 1.0)


def louder(question, groups, scores):
    """The question, with the best texts speaking along, the better the louder."""
    best = numpy.argsort(-scores, kind="stable")[:BEST]
    offsets = {}
    for group in groups:
        offsets |= group.offsets()
    best = [place for place in best if place in offsets]
    if not best:
        return question
    weights = numpy.exp(scores[best] - scores[best].max())
    said = numpy.array([offsets[place] for place in best])
    return question + SPEAK * (weights @ said) / weights.sum()


def standardised(numbers, usual):
    """``numbers`` in standard deviations above the mean of ``usual``; zeros where those are all alike."""
    spread = usual.std() if len(usual) else 0.0
    return (numbers - usual.mean()) / spread if spread > CLOSE else numpy.zeros(len(numbers))


class _Group:
    """The texts of one language, with what is usual there."""

    def __init__(self, asked, found, language, background, also, everybody):
        self.places = [n for n, text in enumerate(found) if text.language == language]
        texts = [found[place] for place in self.places]
        mine, sample = Sample(texts), background.found.get(language, nobody())
        self.alone = len(sample.words) < ENOUGH
        self.usual = everybody if self.alone else sample
        self.same = language == asked.language
        self.weight = LETTERS_SAME if self.same else LETTERS_OTHER
        self.read, self.vectors = mine.read, mine.vectors
        sought = letters.pieces(asked.words) | letters.pieces(also)
        here, there = letters.agreement(
            sought, mine.words, self.usual.words, self.usual.counts(sought)
        )
        self.letters, self.usually = standardised(here, there), standardised(there, there)

    def scores(self, question, parts):
        """One number a text: 0 for what is usual, and 1 more for each standard deviation."""
        if question is None or not self.read or not self.usual.read:
            return self._trusted(self.letters)
        total, usual = self.weight * self.letters, numpy.zeros(len(self.usual.vectors))
        for part, weight in parts:
            there = self.usual.vectors[:, part] @ question[part]
            total[self.read] += weight * standardised(self.vectors[:, part] @ question[part], there)
            usual += weight * standardised(there, there)
        total /= (
            math.hypot(usual.std(), self.weight) or 1.0
        )  # as letters and meaning go their own ways
        unread = numpy.ones(len(total), bool)
        unread[self.read] = False
        total[unread] = self.letters[unread]
        return self._trusted(total)

    def _trusted(self, scores):
        """Few texts say little of what is usual; they stand as near to each other as they are few."""
        if not self.alone:
            return scores
        number = len(self.usual.words)
        return USUALLY + scores * number / (number + ENOUGH)

    def offsets(self):
        """Of each text that was read: where it lies from the middle of its language."""
        if not self.usual.read:
            return {}
        return {
            self.places[n]: vector - self.usual.middle
            for n, vector in zip(self.read, self.vectors, strict=True)
        }


def _scores(groups, question, parts, number):
    scores = numpy.zeros(number)
    for group in groups:
        scores[group.places] = group.scores(question, parts)
    return scores


def _from_their_side(asked, found, asking, parts):
    """How special this question is to each text, beside what others ask in the same language."""
    others = asking.get(asked.language, nobody()).vectors
    special, mine = numpy.zeros(len(found)), Sample(found)
    if len(others) < ENOUGH or not mine.read:
        return special
    read, vectors = mine.read, mine.vectors
    mine, theirs = numpy.zeros(len(read)), numpy.zeros((len(others), len(read)))
    for part, weight in parts:
        there = others[:, part] @ vectors[:, part].T
        mean, spread = there.mean(axis=0), there.std(axis=0) + CLOSE
        mine += weight * (vectors[:, part] @ asked.vector[part] - mean) / spread
        theirs += weight * (there - mean) / spread
    special[read] = mine / (theirs.std(axis=0) + CLOSE)
    return special
