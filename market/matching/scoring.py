"""From numbers to an order: pure functions, the same whatever the order of what comes in.

Every part of a score lies between 0 and 1, and so does the score.
"""

import math

WEIGHTS = {"sector": 3.0, "text": 2.0, "near": 1.5, "offer": 1.0, "value": 1.0, "themes": 0.5}
HALF_WAY_KM = 25
UNKNOWN = 0.5
DOUBLINGS = 3
EQUAL = 2  # decimals at which two scores count as equal


def near(km):
    """1 in the same municipality, one half at 25 km and where the distance is not known."""
    return UNKNOWN if km is None else 1 / (1 + km / HALF_WAY_KM)


def value_fit(asked_cents, offered_cents):
    """1 for the same amount, a third less a doubling or halving; one half when one is unknown."""
    if not asked_cents or not offered_cents:
        return UNKNOWN
    return max(0.0, 1 - abs(math.log2(offered_cents / asked_cents)) / DOUBLINGS)


def share(asked, offered):
    """Which part of what is asked is offered; 0 when nothing is asked."""
    asked = set(asked)
    return len(asked & set(offered)) / len(asked) if asked else 0.0


def standardised(numbers):
    """Standard deviations from the mean for each number; zeros where they are all alike."""
    if not numbers:
        return []
    mean = math.fsum(numbers) / len(numbers)
    spread = math.sqrt(math.fsum((n - mean) ** 2 for n in numbers) / len(numbers))
    return [(n - mean) / spread if spread > 1e-12 else 0.0 for n in numbers]


def standardised_by_group(pairs):
    """The same for (group, number) within each group: a text competes with its own language."""
    groups = {}
    for place, (group, number) in enumerate(pairs):
        groups.setdefault(group, []).append((place, number))
    found = [0.0] * len(pairs)
    for members in groups.values():
        numbers = standardised([number for _place, number in members])
        for (place, _number), z in zip(members, numbers, strict=True):
            found[place] = z
    return found


def squashed(z):
    """A standard deviation as a number between 0 and 1; one half in the middle."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def score(parts):
    """The weighted mean of the parts (:data:`WEIGHTS`); a part that is missing counts as 0."""
    total = math.fsum(weight * parts.get(name, 0.0) for name, weight in WEIGHTS.items())
    return total / math.fsum(WEIGHTS.values())


def in_order(rated):
    """Keys of (key, score, times shown), best first; of equals, who was shown least."""
    best = sorted(rated, key=lambda one: (-round(one[1], EQUAL), one[2], -one[1], one[0]))
    return [key for key, _score, _shown in best]
