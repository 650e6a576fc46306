"""How far apart two municipalities are, in kilometres as the crow flies."""

import math

from django.db.models import F

KM_A_DEGREE = 111.2
NARROWING = math.cos(math.radians(52.2))  # of a degree of longitude, at the latitude of Utrecht


def km_between(one, other):
    """Kilometres between the centres of two regions; for the Netherlands a plane will do."""
    up = (one.latitude - other.latitude) * KM_A_DEGREE
    aside = (one.longitude - other.longitude) * KM_A_DEGREE * NARROWING
    return math.hypot(up, aside)


def squared_km_to(region, field="region"):
    """The same in SQL and squared, for rows whose ``field`` points at a region."""
    up = (F(f"{field}__latitude") - region.latitude) * KM_A_DEGREE
    aside = (F(f"{field}__longitude") - region.longitude) * (KM_A_DEGREE * NARROWING)
    return up * up + aside * aside
