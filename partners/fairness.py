"""Attention shared out: of those who answer about as well, who was suggested least comes first.

Pure functions. A score lies between 0 and 1; ``shown`` counts the shortlists on which somebody stands now.
"""

WITHIN = 0.1  # so much of the score of the last on the list may be given up for somebody who is seldom shown
KEPT = 0.955  # of what the best lists would score, all together; more than what may be given up for anybody
NO_WAY = float("inf")
FURTHER = 0.25  # and so much for an invitation, so that it goes round the country


def good_enough(scores, room, within=WITHIN):
    """The keys of ``{key: score}`` that may stand on a list of ``room``: the best, and who comes within a tenth."""
    best = sorted(scores.values(), reverse=True)[:room]
    return (
        [key for key, score in scores.items() if score >= best[-1] * (1 - within)] if best else []
    )


def giving_way(there, others, room):
    """``(who goes, who comes instead)``: who is better by more than may be given up takes the place of the worst.

    Both are ``{key: score}``; as many of the best ``others`` as there is ``room`` for come anyway.
    """
    worst = sorted(there, key=lambda key: (there[key], key))
    best = sorted(others, key=lambda key: (-others[key], key))
    pairs = zip(worst, best[room:], strict=False)
    pairs = [(old, new) for old, new in pairs if there[old] < others[new] * (1 - WITHIN)]
    return [old for old, _new in pairs], [new for _old, new in pairs]


def chosen(scores, shown, room):
    """Up to ``room`` keys of ``{key: score}``, best first: of who is good enough those shown least."""
    fair = sorted(good_enough(scores, room), key=lambda key: (shown.get(key, 0), -scores[key], key))
    return _best_first(fair[:room], scores)


def shared_out(asked, shown, room):
    """Lists for many at once: ``{need: {key: score}}`` to ``{need: [key, ...]}``, best first.

    Who can answer fewest needs gets a place first, so that nobody good enough is left out where there is room;
    what is left goes to those shown least. Who is left then, as others answer everything better, gets the place of
    somebody who is shown elsewhere too, where that costs least, while the lists keep what they must (:data:`KEPT`).
    ``room``: the places on each list, or ``{need: places}``.
    """
    shown, lists = dict(shown), {need: [] for need in asked}
    room = room if isinstance(room, dict) else dict.fromkeys(asked, room)
    place = {need: number for number, need in enumerate(asked)}
    able = {need: set(good_enough(scores, room[need])) for need, scores in asked.items()}
    for key in _scarcest_first(able):
        free = [need for need in asked if key in able[need] and len(lists[need]) < room[need]]
        if free and not shown.get(key):
            need = max(free, key=lambda need: (asked[need][key], -place[need]))
            _put(key, lists[need], shown)
    for need in sorted(asked, key=lambda need: (len(able[need]), place[need])):
        left = {key: asked[need][key] for key in able[need] if key not in lists[need]}
        fair = sorted(left, key=lambda key: (shown.get(key, 0), -left[key], key))
        for key in fair[: room[need] - len(lists[need])]:
            _put(key, lists[need], shown)
    _give_the_rest_a_place(asked, lists, shown, room)
    return {need: _best_first(keys, asked[need]) for need, keys in lists.items()}


def _give_the_rest_a_place(asked, lists, shown, room):
    """Whoever costs least first, so that what may be spent goes as far as it can."""
    best = sum(
        sum(sorted(scores.values(), reverse=True)[: room[need]]) for need, scores in asked.items()
    )
    kept = sum(asked[need][key] for need, keys in lists.items() for key in keys)
    spare = kept - KEPT * best
    left = {key for scores in asked.values() for key in scores if not shown.get(key)}
    while left:
        loss, key, victim, need = min(
            (_cheapest_way(key, asked, lists, shown) for key in sorted(left)),
            key=lambda way: way[0],
        )
        if loss > spare:
            return
        lists[need].remove(victim)
        shown[victim] -= 1
        _put(key, lists[need], shown)
        spare -= loss
        left.discard(key)


def _cheapest_way(key, asked, lists, shown):
    """(loss, key, who makes way, need) for somebody left out; the first of equals."""
    ways = ((_way_in(key, asked[need], lists[need], shown), need) for need in asked)
    costs = [(loss, key, victim, need) for way, need in ways if way for loss, victim in [way]]
    return min(costs, key=lambda one: one[0], default=(NO_WAY, key, None, None))


def _way_in(key, scores, listed, shown):
    """(what it costs, who makes way) for somebody left out; None where nobody on this list is shown elsewhere."""
    others = [one for one in listed if shown.get(one, 0) > 1]
    if key not in scores or not others:
        return None
    victim = min(others, key=lambda one: (scores[one], one))
    return max(0.0, scores[victim] - scores[key]), victim


def spread(scores, region, new, room):
    """Up to ``room`` keys of ``{key: score}``, best first, from all over the country and with newcomers among them.

    Of who is good enough a quarter is new, and no more than a third from one region (``{key: region}``); what
    then stays empty goes to the best.
    """
    able = _best_first(good_enough(scores, room, FURTHER), scores)
    first, most = [key for key in able if key in new][: room // 4], -(-room // 3)
    picked, there = [], {}
    for key in [*first, *able]:
        if key not in picked and len(picked) < room and there.get(region[key], 0) < most:
            picked.append(key)
            there[region[key]] = there.get(region[key], 0) + 1
    rest = [key for key in _best_first(scores, scores) if key not in picked]
    return _best_first([*picked, *rest[: room - len(picked)]], scores)


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
