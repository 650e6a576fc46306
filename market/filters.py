"""What a reader of the board asks for: words, and boxes that are ticked. It all stands in the address."""

from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Upper
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.lists import Option, any_of, asked_in, words_of
from market.models import Listing
from partners.models import Organisation, Region, Sector

COLUMNS = {
    "kind": "kind",
    "sector": "sector_id",
    "by": "organisation__kind",
    "province": "province_id",
}
SHORTEST_PART = 4  # of a compound: "lunch" is found in "vergaderlunch", "bus" is not in "busy"


@dataclass(frozen=True)
class Asked:
    """``ticked``: by facet, the options that are on. ``similar``: look for words that resemble these,
    in titles and among the words of ``sectors``.
    """

    text: str
    ticked: dict
    similar: bool = False
    sectors: tuple = ()

    @property
    def words(self):
        return words_of(self.text)

    def keys(self, facet):
        return [option.key for option in self.ticked[facet]]

    def worded(self, listings):
        """The listings that hold one of the words, in either language, or as a part of the title."""
        if not self.words:
            return listings
        if self.similar:
            resembles = (Q(big__trigram_word_similar=word.upper()) for word in self.words)
            close = any_of(resembles) | Q(sector__in=self.sectors)
            return listings.alias(big=Upper("title")).filter(close)
        either = " | ".join(self.words)
        found = Q(search_nl=SearchQuery(either, config="dutch", search_type="raw"))
        found |= Q(search_en=SearchQuery(either, config="english", search_type="raw"))
        parts = [Q(title__icontains=word) for word in self.words if len(word) >= SHORTEST_PART]
        return listings.filter(found | any_of(parts))

    def within(self, listings):
        """The listings that answer to the words and the boxes."""
        for facet, column in COLUMNS.items():
            if self.ticked[facet]:
                listings = listings.filter(**{f"{column}__in": self.keys(facet)})
        return self.worded(listings)


def options():
    """``{facet: [Option]}``: every box there is, in the order of the page."""
    language = (get_language() or "nl")[:2]
    found = {"province": [], "sector": []}
    with connection.cursor() as cursor:
        cursor.execute(*_places_and_sectors(language))
        rows = cursor.fetchall()
    for facet, key, value, label in rows:
        found[facet].append(Option(value, key, label))
    return {
        "kind": [Option("need", "need", _("Needs")), Option("offer", "offer", _("Offers"))],
        "sector": sorted(found["sector"], key=lambda option: option.label),
        "by": [
            Option(kind, kind, label, Organisation.SHAPES[kind])
            for kind, label in Organisation.Kind.choices
        ],
        "province": sorted(found["province"], key=lambda option: option.label),
    }


@cache
def _places_and_sectors(language):
    """The query for the boxes that stand in the database; the same at every visit, so made once."""
    places = (
        Region.objects.provinces().order_by().values_list(Value("province"), "pk", "code", "name")
    )
    sectors = Sector.objects.order_by().values_list(
        Value("sector"), "pk", "slug", f"name_{language}"
    )
    return places.union(sectors).query.sql_with_params()


def asked(address, options):
    """What the address (a QueryDict) asks for; what it does not know it leaves aside."""
    return Asked(*asked_in(address, options))


def on_the_board():
    """The board shows everybody the same: what a visitor may see."""
    return Listing.objects.public()
