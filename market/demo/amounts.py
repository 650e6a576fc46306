"""What a hundred orders cost, so that they are worth exactly what the Factory could show in 2018."""

CENTS = 100


def shared_out(ranges, total_cents, by):
    """An amount in cents for each (low, high) in euros, within it, together exactly ``total_cents``.

    Raises ValueError when the ranges cannot hold the total.
    """
    low, high = (sum(side) * CENTS for side in zip(*ranges, strict=True))
    if not low <= total_cents <= high:
        raise ValueError("These ranges cannot hold the total.")
    part = (total_cents - low) / (high - low)
    found = [drawn(pair, part, by) for pair in ranges]
    rest = total_cents - sum(found)
    for place in by.sample(range(len(ranges)), len(ranges)):
        moved = room(found[place], ranges[place], rest)
        found[place] += moved
        rest -= moved
    return found


def drawn(pair, part, by):
    """Somewhere in the range, more often near the given part of it; whole or half euros."""
    low, high = pair
    at = min(max(by.gauss(part, 0.22), 0), 1)
    return round((low + (high - low) * at) * 2) * CENTS // 2


def room(cents, pair, wanted):
    """How much of ``wanted`` (may be negative) this amount can take and stay in its range."""
    low, high = (side * CENTS for side in pair)
    return min(max(wanted, low - cents), high - cents)
