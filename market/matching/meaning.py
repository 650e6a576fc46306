"""How far offers and profiles answer a need in what they say, whatever the language."""

from factory.meaning import asking
from factory.meaning.nearness import nearness
from market.matching.texts import of_listing
from partners.texts import of_organisation

TEXTS = {"offer": of_listing, "organisation": of_organisation}


class Question(asking.Question):
    """What a need asks."""

    def __init__(self, need):
        super().__init__("need", need.pk, of_listing(need), need.language)

    def compared(self, thing, rows, only=None):
        """As in general; ``thing`` says what the text of a row is."""
        return super().compared(thing, rows, TEXTS[thing], only)


def nearness_of(pairs):
    """``{(need, organisation, offer or None): standard deviations}`` by key, of pairs that were both read."""
    read = {
        (need, supplier, offer): (
            ("need", need),
            ("offer", offer) if offer else ("organisation", supplier),
        )
        for need, supplier, offer in pairs
    }
    found = nearness(read.values())
    return {keys: found[pair] for keys, pair in read.items() if pair in found}


def nearness_between(match):
    """The same of one match, or None."""
    pair = (match.need_id, match.organisation_id, match.offer_id)
    return nearness_of([pair]).get(pair)
