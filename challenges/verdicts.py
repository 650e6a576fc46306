"""What the jury says of one entry in its proposal: an outcome, what belongs to it, and the words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = ("strong", "weak", "reason")
OUTCOMES = {
    "award": pgettext_lazy("outcome", "Award"),
    "reserve": pgettext_lazy("outcome", "Reserve"),
    "none": pgettext_lazy("outcome", "None"),
}
# What does not go together: (outcome, what else is filled in).
TOO_MUCH = {
    ("award", "place"): _("Who gets an award has no place in the reserve."),
    ("reserve", "cents"): _("Who stands in the reserve gets no amount yet. Empty this."),
    ("none", "cents"): _("You chose “None”. Choose another outcome, or empty this."),
    ("none", "place"): _("You chose “None”. Choose another outcome, or empty this."),
}
TOO_LITTLE = {
    ("award", "cents"): _("How much? Fill in an amount, or choose another outcome."),
    ("reserve", "place"): _("Which place? Fill in a number, or choose another outcome."),
}


@dataclass
class Verdict:
    """The fields about one entry, for the template: its outcome, an amount, a place, and three boxes of words."""

    entry: object
    outcome: object
    cents: object
    place: object
    words: list
    stands: object = None  # its place in the ranking, if it has one
    below: tuple = ()  # the criteria on which it stays under the minimum

    @property
    def written(self):
        """How many of the boxes hold words."""
        return sum(bool((field.value() or "").strip()) for field in self.words)

    @property
    def is_open(self):
        """What is not right is not folded away, nor what is still to be written of who is chosen."""
        chosen = self.outcome.value() in ("award", "reserve") and self.written < len(self.words)
        return chosen or any(field.errors for field in self.words)


def outcome(cents, place):
    """Which outcome an amount or a place is."""
    return "award" if cents else "reserve" if place else "none"
