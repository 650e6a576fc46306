"""How well place and amount of an offer fit, in SQL, so that far more can be looked at than are fetched.

The same numbers as :func:`partners.scoring.near` and :func:`market.matching.scoring.value_fit` give.
"""

import math

from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Abs, Cast, Greatest, Ln, Sqrt

from market.matching.scoring import DOUBLINGS
from partners.scoring import HALF_WAY_KM, UNKNOWN


def fit(need, weights):
    """What place and amount add to the score of an offer with ``squared_km``, times the sum of all weights."""
    near = 1.0 / (1.0 + Sqrt(F("squared_km")) / HALF_WAY_KM)
    return near * float(weights["near"]) + value_fit(need.value_cents) * float(weights["value"])


def value_fit(asked_cents):
    """1 for the same amount, a third less a doubling or halving; one half when one is unknown."""
    if not asked_cents:
        return Value(UNKNOWN)
    times = Ln(Cast("value_cents", FloatField()) / float(asked_cents))
    fits = Greatest(0.0, 1.0 - Abs(times) / (math.log(2) * DOUBLINGS), output_field=FloatField())
    return Case(When(value_cents__gt=0, then=fits), default=UNKNOWN, output_field=FloatField())
