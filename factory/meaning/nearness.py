"""How near in meaning two texts lie, of many pairs at once: from what is stored, by a set number of queries."""

from collections import defaultdict

from django.db.models import Q

from factory.late import numpy
from factory.meaning.background import background, text_of
from factory.meaning.comparing import CLOSE, ENOUGH, THEIR_SIDE
from factory.meaning.embedders import parts_of
from factory.meaning.models import ReaderModel, Reading

SAME_SUBJECT = 5.0  # standard deviations, of both sides together; what was measured stands in docs/decisions/0019


def nearness(pairs):
    """``{pair: standard deviations}`` of pairs of (what asks, what answers), each a (thing, key).

    What was not read by the model in use, or cannot be measured as too little is known of what is usual, is left out.
    """
    pairs = list(dict.fromkeys(pairs))  # in their order, so that the queries are always alike
    kept = _readings({one for pair in pairs for one in pair})
    texts, groups = {one: text_of(reading) for one, reading in kept.items()}, defaultdict(list)
    for pair in pairs:
        if kept.keys() >= {*pair}:
            groups[pair[0][0], pair[1][0]].append(pair)
    found = {}
    for (asking, answering), group in groups.items():
        model = kept[group[0][0]].model
        measure = Measure(background(model, answering, asking), parts_of(model))
        for pair in group:
            z = measure.between(*(texts[one] for one in pair))
            if z is not None:
                found[pair] = z
    return found


class Measure:
    """How special an answer is to a question, and the other way round, each among what is usual in its language."""

    def __init__(self, usual, parts):
        self.usual, self.parts, self.known = usual, parts, {}

    def between(self, asked, answer):
        """Standard deviations, or None where too few texts say what is usual."""
        answers = self.usual.found[answer.language].vectors
        others = self.usual.asking[asked.language].vectors
        if len(answers) < ENOUGH:
            return None
        z = self._above(asked.vector, answer.vector, answers)
        if len(others) >= ENOUGH:
            z += THEIR_SIDE * self._above(answer.vector, asked.vector, others)
        return float(z)

    def _above(self, one, other, usual):
        """By how much ``other`` lies nearer to ``one`` than what is usual does."""
        key = id(one), id(usual)
        if key not in self.known:
            self.known[key] = self._pointed(one, usual), one
        (pointed, middle), _kept = self.known[key]
        return other @ pointed - middle

    def _pointed(self, one, usual):
        """``(vector, number)``: what to measure by, and what is usual by it; in standard deviations."""
        pointed = numpy.zeros_like(one)
        for part, weight in self.parts:
            spread = (usual[:, part] @ one[part]).std()
            pointed[part] = one[part] * (weight / (spread + CLOSE))
        among = usual @ pointed
        spread = among.std() + CLOSE
        return pointed / spread, among.mean() / spread


def _readings(wanted):
    """``{(thing, key): Reading}`` of those that the model in use gave a vector."""
    if not wanted:
        return {}
    keys = defaultdict(set)
    for thing, key in wanted:
        keys[thing].add(key)
    which = Q(pk=None)
    for thing, some in sorted(keys.items()):
        which |= Q(thing=thing, key__among=some)
    in_use = ReaderModel.objects.filter(in_use=True).values("name")
    rows = Reading.objects.filter(which, model__in=in_use, vector__isnull=False)
    rows = rows.only("model", "thing", "key", "language", "words", "vector")
    return {(one.thing, one.key): one for one in rows}
