"""What a reader of the directory asks for: words, and boxes that are ticked. It all stands in the address."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import get_language

from factory.lists import Option, any_of, asked_in, words_of
from partners.models import Organisation, Region, Sector

FACETS = ("kind", "sector", "province")
SHORTEST_PART = 4  # of a name: "brood" is found in "Broodnodig", "in" is not in "Binnen"


@dataclass(frozen=True)
class Asked:
    """``ticked``: by facet, the options that are on. ``meant``: ids of the sectors the words stand for.
    ``similar``: look for names that resemble the words.
    """

    text: str
    ticked: dict
    meant: tuple = ()
    similar: bool = False

    @property
    def words(self):
        return words_of(self.text)

    def keys(self, facet):
        return [option.key for option in self.ticked[facet]]

    def worded(self, organisations):
        """Those that hold a word in name or text, deliver what it stands for, or sit in that place."""
        if not self.words:
            return organisations
        if self.similar:
            resembles = (Q(big__trigram_word_similar=word.upper()) for word in self.words)
            return organisations.alias(big=Upper("name")).filter(any_of(resembles))
        found = Q(search=self._query("simple")) | Q(search=self._query("dutch"))
        found |= any_of(Q(name__icontains=w) for w in self.words if len(w) >= SHORTEST_PART)
        found |= Q(region__in=Region.objects.named(self.text).order_by().values("pk"))
        if self.meant:
            tagged = Organisation.sectors.through.objects.filter(sector__in=self.meant)
            found |= Q(pk__in=tagged.values("organisation"))
        return organisations.filter(found)

    def within(self, organisations):
        """The organisations that answer to the words and the boxes."""
        for facet, column in (("kind", "kind__in"), ("province", "province__in")):
            if self.ticked[facet]:
                organisations = organisations.filter(**{column: self.keys(facet)})
        if self.ticked["sector"]:
            tagged = Organisation.sectors.through.objects.filter(sector__in=self.keys("sector"))
            organisations = organisations.filter(pk__in=tagged.values("organisation"))
        return self.worded(organisations)

    def in_order(self, organisations):
        """Nearest to the words first, then by name."""
        if not self.words:
            return organisations.order_by("name", "pk")
        if self.similar:
            near = TrigramWordSimilarity(self.text.upper(), Upper("name"))
            return organisations.annotate(near=near).order_by("-near", "name", "pk")
        near = SearchRank(F("search"), self._query("simple") | self._query("dutch"))
        return organisations.annotate(near=near).order_by("-near", "name", "pk")

    def _query(self, config):
        return SearchQuery(" | ".join(self.words), config=config, search_type="raw")


def options():
    """``{facet: [Option]}``: every box there is, in the order of the page."""
    language = "en" if get_language() == "en" else "nl"
    places = Region.objects.provinces().order_by()
    places = places.values_list(Value("province"), "pk", "code", "name", "aliases")
    sectors = Sector.objects.order_by()
    sectors = sectors.values_list(Value("sector"), "pk", "slug", f"name_{language}", "keywords")
    found = {"province": [], "sector": []}
    for facet, key, value, label, keywords in places.union(sectors):
        found[facet].append(Option(value, key, label, keywords=tuple(keywords)))
    kinds = [Option(k, k, label, Organisation.SHAPES[k]) for k, label in Organisation.Kind.choices]
    return {
        "kind": kinds,
        "sector": sorted(found["sector"], key=lambda option: option.label),
        "province": sorted(found["province"], key=lambda option: option.label),
    }


def asked(address, options):
    """What the address (a QueryDict) asks for; what it does not know it leaves aside."""
    text, ticked = asked_in(address, options)
    words = set(words_of(text))
    meant = tuple(
        option.key
        for option in options["sector"]
        if words & {option.label.lower(), *option.keywords, *words_of(option.label)}
    )
    return Asked(text, ticked, meant)


def in_the_directory():
    """The directory shows everybody the same: what a visitor may see."""
    return Organisation.objects.active()
