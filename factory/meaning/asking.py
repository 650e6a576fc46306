"""One text that asks, compared with those that may answer; whatever app it belongs to.

An app says which words mean the same (``glossary`` in its ``apps.py``: ``(telling words)`` → ``{language: words}``).
"""

from dataclasses import replace

from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Func, Value, When, Window
from django.db.models.functions import RowNumber

from factory.contributions import gather
from factory.meaning.background import LANGUAGES, background, text_of
from factory.meaning.comparing import Background, Text, compared, pointed
from factory.meaning.embedders import parts_of
from factory.meaning.language import language_of
from factory.meaning.letters import telling
from factory.meaning.models import ReaderModel, Reading

NEAREST = 100  # texts a language
WALK_ON = "SET LOCAL hnsw.iterative_scan = strict_order"


class Inner(Func):
    """The negated inner product of two vectors: the smaller, the nearer."""

    template = "%(expressions)s"
    arg_joiner = " <#> "
    output_field = FloatField()


class AsIndexed(Func):
    """The vector of a reading as the indexes know it: of ``size`` numbers."""

    template = "%(expressions)s::halfvec(%(size)s)"
    output_field = FloatField()

    def __init__(self, size):
        super().__init__(F("vector"), size=size)


class Question:
    """A text as it was read, and what is usual among what it may find. Unread, its letters ask.

    ``thing``: the name of its kind among the readables; ``text`` and ``language`` count where it was not read.
    """

    def __init__(self, thing, key, text, language):
        reading = _reading_of(thing, key)
        self.thing = thing
        self.model = reading.model if reading else None
        self.parts = parts_of(self.model) if reading and reading.vector is not None else []
        self.text = text_of(reading) if reading else said(text, language)
        self.also = known_as(self.text.words)

    def usual(self, thing):
        """The background among the texts of this kind."""
        return background(self.model, thing, self.thing) if self.model else Background()

    def compared(self, thing, rows, text, only=None):
        """For each row: in standard deviations, how far it answers. ``text`` gives the text of a row that was
        not read; ``only`` these parts of the model.
        """
        known = self._readings(thing, rows)
        found = [known.get(row.pk) or said(text(row), row.language) for row in rows]
        if only is None:
            return compared(self.text, found, self.usual(thing), self.parts, self.also)
        parts = parts_of(self.model, only)
        asked = self.text if parts else replace(self.text, vector=None)
        return compared(asked, found, replace(self.usual(thing), asking={}), parts)

    def _readings(self, thing, rows):
        if not (self.model and rows):
            return {}
        kept = Reading.objects.filter(
            model=self.model, thing=thing, key__among={r.pk for r in rows}
        )
        return {one.key: text_of(one) for one in kept.only("key", "language", "words", "vector")}

    def nearest(self, thing, rows):
        """The keys of the rows in this queryset that are nearest in meaning, in each language.

        Of many and from the whole country: by an index, which is walked on until enough of ``rows`` were met.
        """
        if not self.parts:
            return set()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WALK_ON)
            return {key for language in LANGUAGES for key in self._by_index(thing, language, rows)}

    def _by_index(self, thing, language, rows):
        read = Reading.objects.filter(model=self.model, thing=thing, language=language)
        near = Inner(AsIndexed(len(self.text.vector)), self._asked(thing, language))
        read = read.annotate(near=near).order_by("near").filter(key__in=rows.values("pk"))
        return read.values_list("key", flat=True)[:NEAREST]

    def nearest_of(self, thing, keys):
        """As :meth:`nearest`, of keys that are known: each is compared, and no index is needed."""
        if not self.parts or not keys:
            return set()
        read = Reading.objects.filter(model=self.model, thing=thing, key__among=keys)
        near = Case(*(When(language=name, then=self._near(thing, name)) for name in LANGUAGES))
        place = Window(RowNumber(), partition_by=F("language"), order_by=near)
        return set(read.alias(place=place).filter(place__lte=NEAREST).values_list("key", flat=True))

    def _near(self, thing, language):
        """How far a reading lies from the question, as texts in this language are asked."""
        return Inner(F("vector"), self._asked(thing, language))

    def _asked(self, thing, language):
        vector = pointed(self.text.vector, self.usual(thing).found[language], self.parts)
        return Value(vector, output_field=Reading._meta.get_field("vector"))


def known_as(words):
    """``{language: telling words}`` that mean the same as these, as the apps know them."""
    found = {}
    for glossary in gather("glossary"):
        for language, more in glossary(words).items():
            found[language] = f"{found.get(language, '')}{more}"
    return found


def _reading_of(thing, key):
    in_use = ReaderModel.objects.filter(in_use=True).values("name")
    return Reading.objects.filter(thing=thing, key=key, model__in=in_use).first()


def said(text, language):
    """A text that nobody has read yet."""
    return Text(language_of(text, language), telling(text))
