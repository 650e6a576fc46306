"""What a reader of the board of challenges asks for: words, boxes that are ticked, an order.

It all stands in the address.
"""

from dataclasses import dataclass, replace
from functools import cache

from django.db import connection
from django.db.models import Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.models import Instrument
from challenges.models.bands import Closes, Envelope
from challenges.models.states import Phase
from factory.lists import Option, asked_in, sort_in, words_of
from partners.models import Goal, Region, Theme
from partners.nearby import NOWHERE, Around

ALL = "all"


@dataclass(frozen=True)
class Asked:
    """``ticked``: by facet, the options that are on. ``similar``: look for words that resemble these."""

    text: str
    ticked: dict
    around: Around = NOWHERE
    sort: str = "soon"
    similar: bool = False

    @property
    def words(self):
        return words_of(self.text)

    @property
    def phases(self):
        """Which phases are shown: what is open, unless other boxes, or the one for all, are ticked."""
        on = [option.value for option in self.ticked["state"]]
        return list(Phase.values) if ALL in on else on or [Phase.OPEN.value]

    def keys(self, facet):
        if facet == "state":
            return self.phases
        return [option.key for option in self.ticked[facet]]


def options():
    """``{facet: [Option]}``: every box there is, in the order of the page."""
    found = {"theme": [], "goal": [], "province": [], "instrument": []}
    with connection.cursor() as cursor:
        cursor.execute(*_in_the_database((get_language() or "nl")[:2]))
        for facet, key, value, label, order in cursor.fetchall():
            said = f"{order}. {label}" if facet == "goal" else label
            found[facet].append((order if facet == "goal" else 0, said, Option(value, key, said)))
    sorted_ones = {
        facet: [row[-1] for row in sorted(rows, key=_by)] for facet, rows in found.items()
    }
    phases = [Option(value, value, label) for value, label in Phase.choices]
    return {
        "state": [*phases, Option(ALL, ALL, _("All, also what is over"))],
        "closes": [Option(value, value, label) for value, label in Closes.choices],
        "envelope": [Option(value, value, label) for value, label in Envelope.choices],
        **sorted_ones,
    }


def _by(row):
    return row[:2]


@cache
def _in_the_database(language):
    """The query for the boxes that stand in the database; the same at every visit, so made once."""
    name, none = f"name_{language}", Value(0)
    places = Region.objects.provinces().order_by()
    places = places.values_list(Value("province"), "pk", "code", "name", none)
    named = [
        model.objects.order_by().values_list(Value(facet), "pk", "slug", name, "order")
        for facet, model in (("theme", Theme), ("goal", Goal), ("instrument", Instrument))
    ]
    return places.union(*named, all=True).query.sql_with_params()


SORTS = {
    "soon": lambda: _("First deadline first"),
    "new": lambda: _("Newest first"),
    "value": lambda: _("Highest envelope first"),
}


def asked(address, options):
    """What the address (a QueryDict) asks for; what it does not know it leaves aside."""
    wanted = Asked(*asked_in(address, options))
    return replace(wanted, sort=sort_in(address, list(SORTS)))
