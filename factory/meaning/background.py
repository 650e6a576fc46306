"""What is usual: a fair sample of what was read, kept in memory for some minutes."""

import time

from django.conf import settings

from factory.meaning.comparing import Background, Sample, Text
from factory.meaning.models import Reading

LANGUAGES = ("nl", "en")
SAMPLE = 300  # texts a language; the mean of so many is off by less than 6 % of their spread
_kept = {}


def text_of(reading):
    """A reading as :mod:`comparing` takes it."""
    return Text(reading.language, reading.words, reading.vector)


def background(model, found, asking):
    """What is usual among the things ``found``, and among those that are ``asking``."""
    return Background(*(_samples(model, thing) for thing in (found, asking)))


def _samples(model, thing):
    return {language: _sample(model, thing, language) for language in LANGUAGES}


def _sample(model, thing, language):
    key, now = (model, thing, language), time.monotonic()
    until, sample = _kept.get(key, (0, None))
    if now >= until:
        rows = Reading.objects.filter(model=model, thing=thing, language=language)
        rows = rows.order_by("chance").only("language", "words", "vector")[:SAMPLE]
        sample = Sample([text_of(row) for row in rows])
        _kept[key] = (now + settings.MEANING_SAMPLE_SECONDS, sample)
    return sample
