"""What a reader of the directory asks for: words, a place, boxes that are ticked, an order.

It all stands in the address.
"""

from dataclasses import dataclass, replace
from functools import cache

from django.db import connection
from django.db.models import Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.lists import Option, asked_in, sort_in, words_of
from partners.models import Credential, Organisation, Region, Sector, Theme
from partners.nearby import NOWHERE, Around, around, municipalities_in


@dataclass(frozen=True)
class Asked:
    """``ticked``: by facet, the options that are on. ``meant``: ids of the sectors the words stand for.
    ``similar``: look for names that resemble the words, and sectors that are nearly meant.
    """

    text: str
    ticked: dict
    around: Around = NOWHERE
    sort: str = "name"
    meant: tuple = ()
    similar: bool = False

    @property
    def words(self):
        return words_of(self.text)

    def keys(self, facet):
        return [option.key for option in self.ticked[facet]]


def options(address):
    """``{facet: [Option]}``: every box there is, in the order of the page.

    Municipalities only of the provinces that are ticked: all 342 at once help nobody.
    """
    found = {"sector": [], "province": [], "municipality": [], "theme": []}
    with connection.cursor() as cursor:
        cursor.execute(*_places_and_words(get_language() == "en"))
        for facet, key, value, label, keywords in cursor.fetchall():
            found[facet].append(Option(value, key, label, keywords=tuple(keywords)))
    ticked = set(address.getlist("province"))
    inside = [province.key for province in found["province"] if province.value in ticked]
    found["municipality"] = [Option(p.code, p.pk, p.name) for p in municipalities_in(inside)]
    kinds = [Option(k, k, label, Organisation.SHAPES[k]) for k, label in Organisation.Kind.choices]
    by_label = {
        facet: sorted(rows, key=lambda option: option.label) for facet, rows in found.items()
    }
    proof = [Option(p, p, label) for p, label in Credential.Proof.choices]
    return {"kind": kinds} | by_label | {"credential": proof}


@cache
def _places_and_words(in_english):
    """The query for the boxes that stand in the database; the same at every visit, so made once."""
    name = "name_en" if in_english else "name_nl"
    places = Region.objects.provinces().order_by()
    places = places.values_list(Value("province"), "pk", "code", "name", "aliases")
    sectors = Sector.objects.order_by()
    sectors = sectors.values_list(Value("sector"), "pk", "slug", name, "keywords")
    nothing = Value([], output_field=Sector._meta.get_field("keywords"))
    themes = Theme.objects.order_by().values_list(Value("theme"), "pk", "slug", name, nothing)
    return places.union(sectors, themes, all=True).query.sql_with_params()


SORTS = {
    "fit": lambda: _("Best fit first"),
    "near": lambda: _("Nearest first"),
    "name": lambda: _("By name"),
    "new": lambda: _("Newest first"),
}


def asked(address, options):
    """What the address (a QueryDict) asks for; what it does not know it leaves aside."""
    text, ticked = asked_in(address, options)
    words, place = set(words_of(text)), around(address)
    meant = tuple(
        option.key
        for option in options["sector"]
        if words & {option.label.lower(), *option.keywords, *words_of(option.label)}
    )
    wanted = Asked(text, ticked, place, meant=meant)
    return replace(wanted, sort=sort_in(address, sorts(wanted)))


def sorts(asked):
    """The orders that mean something for what is asked, the usual one first."""
    return [
        name
        for name in SORTS
        if (name != "fit" or asked.words) and (name != "near" or asked.around)
    ]
