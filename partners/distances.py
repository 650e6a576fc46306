"""How far places lie apart, as the crow flies, between the middles of municipalities."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius, IUGG


def between(here, there):
    """Kilometres between two Regions, rounded to whole ones (haversine formula)."""
    lat1, lat2 = radians(here.latitude), radians(there.latitude)
    north, east = lat2 - lat1, radians(there.longitude - here.longitude)
    chord = sin(north / 2) ** 2 + cos(lat1) * cos(lat2) * sin(east / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(chord)))


def within(here, km, places):
    """Those of ``places`` at most ``km`` from ``here``, nearest first, as (kilometres, place)."""
    measured = ((between(here, place), place) for place in places)
    return sorted((row for row in measured if row[0] <= km), key=lambda row: (row[0], row[1].name))
