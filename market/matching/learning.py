"""Weights learnt from what people decided, and whether they would be better than those of now.

A logistic regression whose weights are zero or more, so that more of a part never lowers a score, and are
kept small (ridge). Only a command loads this: the pages use the weights alone.
"""

from dataclasses import dataclass
from itertools import groupby

import numpy

from factory.bench.judging import interval
from market.matching import scoring
from market.models import Impression
from market.models.weighing import MOST, Weighing

YES, NO = ("approve", "accept"), ("dismiss", "decline", "not_for_us")
HELD_OUT = 0.3  # of the needs, the latest
FEWEST = 20  # needs with a yes and a no, to try it on
RIDGE, STEPS = 1.0, 2000


@dataclass(frozen=True)
class Decision:
    """What was decided about one suggestion, with its parts as they were then."""

    need: int
    features: dict
    said_yes: bool


@dataclass(frozen=True)
class Report:
    """Of the pairs of a yes and a no for one need, in which part the yes stands first; paired over needs."""

    weights: dict
    decisions: int
    needs: int
    formula: float
    learnt: float
    better: float
    low: float
    high: float


def decided():
    """Every suggestion that was decided about, in the order of its needs; silence says nothing of it."""
    rows = Impression.objects.of_shortlists().filter(decision__in=[*YES, *NO])
    rows = rows.exclude(features={})  # texts are measured in another way for a page of what fits
    rows = rows.order_by("need", "pk").values_list("need", "features", "decision")
    return [Decision(need, features, decision in YES) for need, features, decision in rows]


def parted(decisions):
    """(earlier, later): the later needs are held out."""
    needs = list(dict.fromkeys(one.need for one in decisions))
    late = set(needs[round(len(needs) * (1 - HELD_OUT)) :])
    return (
        [one for one in decisions if one.need not in late],
        [one for one in decisions if one.need in late],
    )


def learn(decisions, now):
    """A :class:`Report` of what earlier decisions teach beside the weights ``now``; None where there are too few."""
    earlier, later = parted(decisions)
    tried = [pairs for pairs in _by_need(later) if pairs]
    if len(tried) < FEWEST or len({one.said_yes for one in earlier}) < 2:
        return None
    weights = rounded(fitted(earlier))
    formula = [_right(pairs, now) for pairs in tried]
    learnt = [_right(pairs, weights) for pairs in tried]
    differences = [mine - theirs for mine, theirs in zip(learnt, formula, strict=True)]
    better, low, high = interval(differences)
    means = {"formula": sum(formula) / len(tried), "learnt": sum(learnt) / len(tried)}
    return Report(weights, len(earlier), len(tried), **means, better=better, low=low, high=high)


def fitted(decisions):
    """``{part: weight}``: ridge logistic regression with weights of zero and more, by projected gradients."""
    said = numpy.array(
        [[one.features.get(name, 0.0) for name in Weighing.PARTS] for one in decisions]
    )
    yes = numpy.array([one.said_yes for one in decisions], float)
    middle = said.mean(axis=0)
    said = said - middle
    weights, base = numpy.zeros(said.shape[1]), 0.0
    step = 1 / ((said**2).sum() / 4 + RIDGE)
    for _step in range(STEPS):
        wrong = 1 / (1 + numpy.exp(-(said @ weights + base))) - yes
        weights = numpy.maximum(0.0, weights - step * (said.T @ wrong + RIDGE * weights))
        base -= 4 * wrong.mean()
    return dict(zip(Weighing.PARTS, map(float, weights), strict=True))


def rounded(weights):
    """Whole numbers up to 100, the largest 100: what is measured is exactly what would count."""
    largest = max(weights.values())
    if largest <= 0:
        return {name: 1 for name in weights}
    return {name: round(MOST * weight / largest) for name, weight in weights.items()}


def _by_need(decisions):
    """Of each need its pairs of (features of a yes, features of a no)."""
    for _need, rows in groupby(decisions, key=lambda one: one.need):
        rows = list(rows)
        chosen = [one.features for one in rows if one.said_yes]
        others = [one.features for one in rows if not one.said_yes]
        yield [(one, other) for one in chosen for other in others]


def _right(pairs, weights):
    """In which part of the pairs the yes stands first; as good as half where they stand together."""
    found = [(scoring.score(one, weights), scoring.score(other, weights)) for one, other in pairs]
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in found) / len(found)
