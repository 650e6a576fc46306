"""The order of the entries, exactly: marks, weights and minimum marks in, ranks with their ties out.

Nothing here knows of a database, and nothing is rounded: marks are whole numbers, averages and totals are
fractions. What comes out of a total is a :class:`fractions.Fraction` on the scale of the marks (1 to 10).
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm
from operator import itemgetter

HALF = Fraction(1, 2)
WIDE = 3  # so many marks apart is a difference to speak of


@dataclass(frozen=True)
class Place:
    """Where an entry stands. ``rank`` is None for one that is not ranked; ``shared`` says it is a tie."""

    entry: object
    rank: int | None
    total: Fraction | None
    shared: bool = False
    below: tuple = ()  # the criteria on which it stays under the minimum
    missing: tuple = ()  # the criteria without a mark


def average(marks):
    """The exact average of whole marks; ZeroDivisionError without any."""
    return Fraction(sum(marks), len(marks))


def differs(marks):
    """Whether jurors are far apart."""
    return bool(marks) and max(marks) - min(marks) >= WIDE


def rank(weights, marks, minima=()):
    """``[Place]``, the best first, then those below a minimum, then those that miss marks.

    ``weights``: {criterion: whole weight}. ``marks``: {entry: {criterion: [whole marks]}}; an agreed mark is
    a list of one. ``minima``: {criterion: lowest mark}, held against the average. The total is
    Σ weight × average / Σ weight. Equal totals share a rank, and the next rank is left out: 1, 2, 2, 4.
    """
    minima, whole = dict(minima), sum(weights.values())
    scaled, step = _scaled(weights, marks)
    ranked, aside = [], []
    for entry, given in marks.items():
        if missing := tuple(c for c in weights if not given.get(c)):
            aside.append(Place(entry, None, None, missing=missing))
            continue
        total = sum([sum(given[c]) * scaled[c][len(given[c])] for c in weights])
        below = tuple(c for c, low in minima.items() if c in weights and _under(given[c], low))
        ranked.append((total, entry, below))
    under = [row for row in ranked if row[2]]
    ranked = sorted((row for row in ranked if not row[2]), key=itemgetter(0), reverse=True)
    places = list(_places(ranked, step * whole))
    under.sort(key=itemgetter(0), reverse=True)
    places += [Place(e, None, Fraction(t, step * whole), below=b) for t, e, b in under]
    return places + aside


def _scaled(weights, marks):
    """``{criterion: {how many marks: whole factor}}`` and what the factors are multiplied by."""
    counts = {len(m) for given in marks.values() for m in given.values() if m}
    step = lcm(*counts)
    return {c: {n: w * (step // n) for n in counts} for c, w in weights.items()}, step


def _under(marks, low):
    return sum(marks) < low * len(marks)


def _places(ranked, divisor):
    place = 1
    for total, group in groupby(ranked, key=itemgetter(0)):
        tied = list(group)
        exact = Fraction(total, divisor)
        for _total, entry, _below in tied:
            yield Place(entry, place, exact, shared=len(tied) > 1)
        place += len(tied)


@dataclass(frozen=True)
class Turn:
    """At which weight of one criterion the order of the first changes: ``under`` and ``over`` are whole
    weights (of a sum of 100) or None where it never does."""

    criterion: object
    weight: int
    under: int | None
    over: int | None


def sensitivity(weights, marks, first=3, minima=()):
    """``[Turn]`` for every criterion: how far its weight can go before the first ``first`` change.

    One weight changes and the others keep their proportions to each other, the sum staying the same.
    ``under`` 32 reads: the order changes if it weighs under 32; ``over`` 51: if it weighs over 51.
    """
    order = [place.entry for place in rank(weights, marks, minima) if place.rank]
    scaled, _step = _scaled(dict.fromkeys(weights, 1), marks)
    means = [[sum(marks[e][c]) * scaled[c][len(marks[e][c])] for c in weights] for e in order]
    return [_turn(c, place, weights, means, first) for place, c in enumerate(weights)]


def _turn(criterion, place, weights, means, first):
    whole, weight = sum(weights.values()), weights[criterion]
    others = whole - weight
    if not others or len(means) < 2:
        return Turn(criterion, weight, None, None)
    # Of each entry: others × its average here, and Σ weight × average of all else; all times one whole number.
    lines = []
    for row in means:
        rest = (
            sum([w * m for w, m in zip(weights.values(), row, strict=True)]) - weight * row[place]
        )
        lines.append((others * row[place], rest))
    return Turn(criterion, weight, *_nearest(lines, weight, whole, first))


def _nearest(lines, weight, whole, first):
    """The whole weights before and after ``weight`` at which one of the first is overtaken, or None.

    An entry's total is w·mine + (whole − w)·rest, a straight line in w; two lines cross once at most.
    """
    under = over = None
    for place, (mine, rest) in enumerate(lines[:first]):
        for other, other_rest in lines[place + 1 :]:
            ahead, steeper = (other_rest - rest) * whole, mine - rest - other + other_rest
            if steeper < 0:
                ahead, steeper = -ahead, -steeper
            if steeper and 0 <= ahead < weight * steeper:
                under = max(under or 0, -(-ahead // steeper))
            elif steeper and weight * steeper < ahead <= whole * steeper:
                over = min(over or whole, ahead // steeper)
    return under, over
