"""How far offers and profiles answer a need in what they say, whatever the language."""

from dataclasses import replace

from django.db.models import F, FloatField, Func, Value

from factory.meaning.background import LANGUAGES, background, text_of
from factory.meaning.comparing import Background, Text, compared, pointed
from factory.meaning.embedders import parts_of
from factory.meaning.language import language_of
from factory.meaning.letters import telling
from factory.meaning.models import ReaderModel, Reading
from market.matching.glossary import known_as
from market.matching.texts import of_listing, of_organisation

NEAREST = 100  # offers a language


class Inner(Func):
    """The negated inner product of two vectors: the smaller, the nearer."""

    template = "%(expressions)s"
    arg_joiner = " <#> "
    output_field = FloatField()


class Question:
    """A need as it was read, and what is usual among what it may find. Unread, its letters ask."""

    def __init__(self, need):
        self.need = need
        reading = _reading_of(need)
        self.model = reading.model if reading else None
        self.parts = parts_of(self.model) if reading and reading.vector is not None else []
        self.text = text_of(reading) if reading else said(of_listing(need), need.language)
        self.also = known_as(self.text.words)

    def usual(self, thing):
        """The background among offers or profiles."""
        return background(self.model, thing, "need") if self.model else Background()

    def compared(self, thing, rows, only=None):
        """For each row: in standard deviations, how far it answers. ``only`` these parts of the model."""
        known = self._readings(thing, rows)
        text = of_listing if thing == "offer" else of_organisation
        found = [known.get(row.pk) or said(text(row), row.language) for row in rows]
        if only is None:
            return compared(self.text, found, self.usual(thing), self.parts, self.also)
        parts = parts_of(self.model, only)
        asked = self.text if parts else replace(self.text, vector=None)
        return compared(asked, found, replace(self.usual(thing), asking={}), parts)

    def _readings(self, thing, rows):
        if not (self.model and rows):
            return {}
        kept = Reading.objects.filter(model=self.model, thing=thing, key__in=[r.pk for r in rows])
        return {one.key: text_of(one) for one in kept.only("key", "language", "words", "vector")}

    def nearest(self, offers):
        """The keys of the offers in this queryset that are nearest in meaning, in each language."""
        if not self.parts:
            return []
        usual, found = self.usual("offer"), set()
        for language in LANGUAGES:
            vector = pointed(self.text.vector, usual.found[language], self.parts)
            near = Inner(F("vector"), Value(vector, output_field=Reading._meta.get_field("vector")))
            rows = Reading.objects.filter(
                model=self.model, thing="offer", language=language, key__in=offers.values("pk")
            )
            rows = rows.annotate(near=near).order_by("near")
            found.update(rows.values_list("key", flat=True)[:NEAREST])
        return found


def _reading_of(need):
    in_use = ReaderModel.objects.filter(in_use=True).values("name")
    return Reading.objects.filter(thing="need", key=need.pk, model__in=in_use).first()


def said(text, language):
    """A text that nobody has read yet."""
    return Text(language_of(text, language), telling(text))
