"""The market's own part of scoring: what counts for how much, and how amounts fit.

Everything else about scores is the same for whoever is asked (:mod:`partners.scoring`).
"""

import math

from partners import scoring
from partners.scoring import UNKNOWN

# What we started with; coordinators choose others (:mod:`market.matching.weights`).
WEIGHTS = {
    "sector": 30.0, "text": 20.0, "near": 15.0, "offer": 10.0, "value": 10.0, "themes": 5.0,
}  # fmt: skip
DOUBLINGS = 3


def value_fit(asked_cents, offered_cents):
    """1 for the same amount, a third less a doubling or halving; one half when one is unknown."""
    if not asked_cents or not offered_cents:
        return UNKNOWN
    return max(0.0, 1 - abs(math.log2(offered_cents / asked_cents)) / DOUBLINGS)


def score(parts, weights=WEIGHTS):
    """As :func:`partners.scoring.score`, by what we started with unless told otherwise."""
    return scoring.score(parts, weights)
