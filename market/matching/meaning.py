"""How far offers and profiles answer a need in what they say, whatever the language."""

from factory.meaning import asking
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
