"""Takes small cells together, so that nobody in them can be recognised or computed."""

from market.counting.groups import FEWEST


def together(numbers, fewest=FEWEST):
    """Which cells of one column are shown as one: ``{key: number of matches}`` → keys.

    Those of one or two matches; and as long as they could be told from the total and the others, the next
    smallest too: never one cell alone, and never fewer than ``fewest`` matches.
    """
    filled = sorted((key for key in numbers if numbers[key]), key=lambda key: numbers[key])
    if not filled or numbers[filled[0]] >= fewest:
        return set()
    kept = {key for key in filled if numbers[key] < fewest}
    for key in filled:
        if len(kept) > 1 and sum(numbers[one] for one in kept) >= fewest:
            break
        kept.add(key)
    return kept
