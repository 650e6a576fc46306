"""How much two texts agree in their letters: compounds, inflections and spelling mistakes share pieces.

A piece is four letters in a row, a word's edges counting as one. Rare pieces count more (BM25, Robertson and
Zaragoza 2009); texts are compared as :func:`telling` leaves them.
"""

import math
import re
import unicodedata

from factory.late import numpy
from factory.meaning.empty import EMPTY
from factory.meaning.language import SMALL

WORD = re.compile(r"[^\W\d_]+")
UNTOLD = EMPTY.union(*SMALL.values())
SHORTEST = 3
PIECE = 4
BITS, LETTER = 16, 0xFFFF  # of a letter in a number
MOST_PIECES = 300
SATURATION, LENGTH = 1.2, 0.6  # BM25's k1 and b
OFTEN = 3  # more often than this a piece is not asked
ENDINGS = (
    "heden",
    "ingen",
    "sters",
    "aars",
    "eren",
    "ster",
    "ers",
    "en",
    "es",
    "er",
    "e",
    "s",
    "t",
)
SHORTEST_STEM = 4


def telling(text):
    """The words that say something, in small letters without accents, with a space round each."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (word for word in WORD.findall(plain) if len(word) >= SHORTEST and word not in UNTOLD)
    return f" {' '.join(words)} "


def stem(word):
    """A word without a common Dutch ending, as long as four letters are left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def pieces(words, weight=1.0):
    """``{piece: weight}`` of telling words; what stands there more often weighs a little more."""
    counted = {}
    for word in words.split():
        edged = f" {word} "
        cut = [edged[at : at + PIECE] for at in range(len(edged) - PIECE + 1)]
        for piece in [f" {stem(word)}", *cut]:
            counted[piece] = counted.get(piece, 0) + 1
    kept = sorted(counted.items(), key=lambda one: -one[1])[:MOST_PIECES]
    return {piece: weight * math.sqrt(min(times, OFTEN)) for piece, times in kept}


def counts(asked, texts):
    """How often each piece stands in each text: a row a text, a column a piece.

    A piece has four letters or more and may overlap itself. All places of all texts are looked up at once; a longer
    piece (a stem) is sought only where its first four letters stand.
    """
    found = numpy.zeros((len(texts), len(asked)), numpy.float32)
    if not (texts and asked):
        return found
    short = sorted({piece[:PIECE]: None for piece in asked}, key=_code)
    often = dict(zip(short, _often(short, texts).T, strict=True))
    for column, piece in enumerate(asked):
        found[:, column] = often[piece[:PIECE]]
        if len(piece) > PIECE:
            for row in numpy.flatnonzero(found[:, column]):
                found[row, column] = texts[row].count(piece)
    return found


def _often(short, texts):
    """As :func:`counts`, of pieces of four letters in the order of their codes."""
    letters = numpy.frombuffer("\n".join([*texts, ""]).encode("utf-32-le"), numpy.uint32)
    letters = numpy.pad(letters.astype(numpy.uint64) & numpy.uint64(LETTER), (0, PIECE))
    codes = sum(letters[n : n - PIECE] << numpy.uint64(BITS * n) for n in range(PIECE))
    known = numpy.array([_code(piece) for piece in short], numpy.uint64)
    place = numpy.minimum(numpy.searchsorted(known, codes), len(short) - 1)
    there = known[place] == codes
    rows = numpy.repeat(numpy.arange(len(texts)), [len(text) + 1 for text in texts])
    cells = numpy.bincount((rows * len(short) + place)[there], minlength=len(texts) * len(short))
    return cells.reshape(len(texts), len(short))


def _code(piece):
    """Four letters as one number."""
    return sum((ord(letter) & LETTER) << BITS * n for n, letter in enumerate(piece))


def agreement(asked, texts, background, there=None):
    """For each text, and for each text of the background, how much of ``asked`` it holds (0 and up).

    ``asked`` is made by :func:`pieces`; how rare a piece is, is counted in the background (``there``, if
    that was done before).
    """
    here = counts(asked, texts)
    there = counts(asked, background) if there is None else there
    number = len(background)
    holding = (there > 0).sum(axis=0)
    rare = numpy.log1p((number - holding + 0.5) / (holding + 0.5))
    weights = rare * numpy.fromiter(asked.values(), numpy.float32, len(asked))
    usual = sum(map(len, background)) / max(number, 1) or 1
    return (
        numpy.sqrt(_bm25(here, texts, weights, usual)),
        numpy.sqrt(_bm25(there, background, weights, usual)),
    )


def _bm25(times, texts, weights, usual):
    lengths = numpy.array([len(text) / usual for text in texts], dtype=numpy.float32)
    damp = SATURATION * (1 - LENGTH + LENGTH * lengths)
    return (times * (SATURATION + 1) / (times + damp[:, None])) @ weights
