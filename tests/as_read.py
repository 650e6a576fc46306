"""Readings with vectors that a test chooses, among thirty a language that lie anywhere."""

import numpy

from factory import clock
from factory.meaning.models import ReaderModel, Reading

MODEL, SIZE, USUAL, FAR_AWAY = "e5s+use3", 896, 30, 10**9
DICE = numpy.random.default_rng(11)
START = DICE.bit_generator.state


def anywhere():
    """A vector of no particular meaning."""
    vector = DICE.normal(size=SIZE)
    return vector / numpy.linalg.norm(vector)


def beside(vector, by=0.5):
    """A vector that lies near this one."""
    moved = vector + by * anywhere()
    return moved / numpy.linalg.norm(moved)


def model_in_use(*things):
    """A model that has read thirty texts of each kind in each language.

    The dice begin anew, so that a test meets the same vectors whichever ran before it.
    """
    DICE.bit_generator.state = START
    ReaderModel.objects.update(in_use=False)
    ReaderModel.objects.update_or_create(name=MODEL, defaults={"in_use": True})
    for thing in things:
        for number in range(USUAL):
            for place, language in enumerate(("nl", "en")):
                _keep(thing, FAR_AWAY + 2 * number + place, language, anywhere())


def as_read(thing, row, vector):
    """Let the model have read this row, and find this in it."""
    _keep(thing, row.pk, row.language, vector)
    type(row).objects.filter(pk=row.pk).update(read_at=clock.now())
    row.refresh_from_db(fields=["read_at"])


def _keep(thing, key, language, vector):
    facts = {"language": language, "words": " soep ", "vector": vector, "fingerprint": "chosen"}
    Reading.objects.update_or_create(
        model=MODEL, thing=thing, key=key, defaults=facts | {"chance": key % 1000}
    )
