"""Who had enough for now: nobody is put forward more often a week than a set number, by all apps together."""

from collections import Counter

from django.conf import settings

from factory.contributions import gather


def had_enough(organisations):
    """The keys, of these, of the organisations that were put forward as often as may be within a week."""
    times = Counter()
    for count in gather("suggested_lately"):
        times.update(count(organisations))
    return {key for key, number in times.items() if number >= settings.SUGGESTIONS_A_WEEK}
