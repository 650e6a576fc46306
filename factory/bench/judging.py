"""How good an order is, by what was judged relevant; and whether one order is better than another."""

import math

import numpy

TOP = 10
DRAWS = 2_000


def ndcg(gains, ideal, top=TOP):
    """Discounted gain of an order (Järvelin and Kekäläinen 2002), 1 for the best there could be.

    ``gains``: of each place in the order; ``ideal``: all gains there are. 0 where there are none.
    """
    best = _discounted(sorted(ideal, reverse=True)[:top])
    return _discounted(gains[:top]) / best if best else 0.0


def _discounted(gains):
    return math.fsum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(gains, wanted):
    """One over the first place whose gain is at least ``wanted``; 0 when none is."""
    return next((1 / place for place, gain in enumerate(gains, 1) if gain >= wanted), 0.0)


def recall(gains, ideal, top=TOP):
    """Which part of what could be among the first ``top`` is."""
    could = min(top, sum(gain > 0 for gain in ideal))
    return sum(gain > 0 for gain in gains[:top]) / could if could else 0.0


def interval(numbers, draws=DRAWS):
    """The mean, and between which two it lies in 95 of 100 samples like this one (bootstrap).

    Of paired differences it says whether one of the two is better.
    """
    numbers = numpy.asarray(numbers, dtype=float)
    chance = numpy.random.default_rng(1)
    drawn = chance.integers(0, len(numbers), (draws, len(numbers)))
    low, high = numpy.percentile(numbers[drawn].mean(axis=1), [2.5, 97.5])
    return float(numbers.mean()), float(low), float(high)
