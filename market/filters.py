"""What a reader of the board asks for: words, a place, boxes that are ticked, an order.

It all stands in the address.
"""

from dataclasses import dataclass, replace
from functools import cache

from django.db import connection
from django.db.models import Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.lists import Option, asked_in, sort_in, words_of
from partners.models import Organisation, Region, Sector
from partners.nearby import NOWHERE, Around, around


@dataclass(frozen=True)
class Asked:
    """``ticked``: by facet, the options that are on. ``similar``: look for words that resemble these,
    in titles and in ``sectors`` (their keys). ``fitting``: only these listings (their keys, the best first).
    """

    text: str
    ticked: dict
    around: Around = NOWHERE
    sort: str = "new"
    fitting: tuple | None = None
    similar: bool = False
    sectors: tuple = ()

    @property
    def words(self):
        return words_of(self.text)

    def keys(self, facet):
        return [option.key for option in self.ticked[facet]]


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


SORTS = {
    "fit": lambda: _("Best fit first"),
    "new": lambda: _("Newest first"),
    "near": lambda: _("Nearest first"),
    "soon": lambda: _("Needed soonest"),
    "value": lambda: _("Highest amount first"),
}


def asked(address, options, fitting=None):
    """What the address (a QueryDict) asks for; what it does not know it leaves aside."""
    wanted = Asked(*asked_in(address, options), around(address), fitting=fitting)
    return replace(wanted, sort=sort_in(address, sorts(wanted)))


def sorts(asked):
    """The orders that mean something for what is asked, the usual one first."""
    return [
        name
        for name in SORTS
        if (name != "fit" or asked.fitting is not None) and (name != "near" or asked.around)
    ]
