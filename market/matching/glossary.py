"""Words of the other language that mean the same, as coordinators know them."""

from collections import defaultdict
from functools import lru_cache

from factory.meaning.inflecting import forms, stands_in
from factory.meaning.letters import telling
from market.models.weighing import Pair

IN_MEMORY = 10_000  # entries


def known_as(words):
    """``{language: telling words}``: what these telling words are called in Dutch and in English.

    An entry of several words is known where they stand one after the other; each in the singular or the plural,
    inflected or not, with its accents or without.
    """
    said, places = [forms(word) for word in words.split()], defaultdict(list)
    for place, those in enumerate(said):
        for form in those:
            places[form].append(place)
    found = {"nl": [], "en": []}
    pairs = Pair.objects.order_by("pk").values_list("dutch", "english") if said else ()
    for dutch, english in pairs:
        if any(stands_in(_entry(one), places, said) for one in (dutch, english)):
            found["nl"].append(dutch)
            found["en"].append(english)
    return {language: telling(" ".join(more)) for language, more in found.items()}


@lru_cache(IN_MEMORY)
def _entry(text):
    """The forms of each telling word of an entry."""
    return [forms(word) for word in telling(text).split()]
