"""Words of the other language that mean the same, as coordinators know them."""

from django.db.models import Q
from django.db.models.functions import Lower

from factory.meaning.letters import telling
from market.models.weighing import Pair


def known_as(words):
    """``{language: telling words}``: what these telling words are called in Dutch and in English."""
    said = [word for word in words.split() if len(word) > 2]
    if not said:
        return {}
    pairs = Pair.objects.alias(nl=Lower("dutch"), en=Lower("english"))
    found = {"nl": [], "en": []}
    for pair in pairs.filter(Q(nl__in=said) | Q(en__in=said)).order_by("pk"):
        found["nl"].append(pair.dutch)
        found["en"].append(pair.english)
    return {language: telling(" ".join(more)) for language, more in found.items()}
