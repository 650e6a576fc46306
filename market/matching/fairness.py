"""Attention shared out: of those who answer about as well, who was suggested least comes first.

Pure functions. A score lies between 0 and 1; ``shown`` counts the shortlists on which somebody stands now.
"""

WITHIN = 0.1  # so much of the score of the last on the list may be given up for somebody who is seldom shown


def good_enough(scores, room):
    """The keys of ``{key: score}`` that may stand on a list of ``room``: the best, and who comes within a tenth."""
    best = sorted(scores.values(), reverse=True)[:room]
    return (
        [key for key, score in scores.items() if score >= best[-1] * (1 - WITHIN)] if best else []
    )


def chosen(scores, shown, room):
    """Up to ``room`` keys of ``{key: score}``, best first: of who is good enough those shown least."""
    fair = sorted(good_enough(scores, room), key=lambda key: (shown.get(key, 0), -scores[key], key))
    return _best_first(fair[:room], scores)


def shared_out(asked, shown, room):
    """Lists for many at once: ``{need: {key: score}}`` to ``{need: [key, ...]}``, best first.

    Who can answer fewest needs gets a place first, so that nobody good enough is left out where there is room;
    what is left goes to those shown least.
    """
    shown, lists = dict(shown), {need: [] for need in asked}
    place = {need: number for number, need in enumerate(asked)}
    able = {need: set(good_enough(scores, room)) for need, scores in asked.items()}
    for key in _scarcest_first(able):
        free = [need for need in asked if key in able[need] and len(lists[need]) < room]
        if free and not shown.get(key):
            need = max(free, key=lambda need: (asked[need][key], -place[need]))
            _put(key, lists[need], shown)
    for need in sorted(asked, key=lambda need: (len(able[need]), place[need])):
        left = {key: asked[need][key] for key in able[need] if key not in lists[need]}
        fair = sorted(left, key=lambda key: (shown.get(key, 0), -left[key], key))
        for key in fair[: room - len(lists[need])]:
            _put(key, lists[need], shown)
    return {need: _best_first(keys, asked[need]) for need, keys in lists.items()}


def gini(counts):
    """How unequally attention is shared: 0 when all have the same, towards 1 when one has everything."""
    counts = sorted(counts)
    total, n = sum(counts), len(counts)
    if not total:
        return 0.0
    weighed = sum(place * count for place, count in enumerate(counts, start=1))
    return 2 * weighed / (n * total) - (n + 1) / n


def _scarcest_first(able):
    needs = {}
    for keys in able.values():
        for key in keys:
            needs[key] = needs.get(key, 0) + 1
    return sorted(needs, key=lambda key: (needs[key], key))


def _put(key, listed, shown):
    listed.append(key)
    shown[key] = shown.get(key, 0) + 1


def _best_first(keys, scores):
    return sorted(keys, key=lambda key: (-scores[key], key))
