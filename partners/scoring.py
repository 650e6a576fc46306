"""From numbers to an order: pure functions, the same whatever the order of what comes in.

Every part of a score lies between 0 and 1, and so does the score.
"""

import math

HALF_WAY_KM = 25
UNKNOWN = 0.5
GOOD, STEP = 2.5, 1.2  # standard deviations
EQUAL = 2  # decimals at which two scores count as equal


def near(km):
    """1 in the same municipality, one half at 25 km and where the distance is not known."""
    return UNKNOWN if km is None else 1 / (1 + km / HALF_WAY_KM)


def share(asked, offered):
    """Which part of what is asked is offered; 0 when nothing is asked."""
    asked = set(asked)
    return len(asked & set(offered)) / len(asked) if asked else 0.0


def squashed(z):
    """How far a text answers, in standard deviations, as a number between 0 and 1 (:data:`GOOD` is one half)."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, (z - GOOD) / STEP))))


def score(parts, weights):
    """The weighted mean of the parts; a part that is missing counts as 0."""
    total = math.fsum(weight * parts.get(name, 0.0) for name, weight in weights.items())
    return total / math.fsum(weights.values())


def in_order(rated):
    """Keys of (key, score, times shown), best first; of equals, who was shown least."""
    best = sorted(rated, key=lambda one: (-round(one[1], EQUAL), one[2], -one[1], one[0]))
    return [key for key, _score, _shown in best]
