"""Demand without supply and supply without demand, by sector and municipality: where nothing is there to meet."""

from collections import Counter, defaultdict, namedtuple
from functools import cache

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from factory import clock
from factory.coordination.lines import Lines
from market.matching.distances import km_between
from market.models import Listing
from partners.models import Sector, provinces_of
from partners.nearby import known_places

SECTOR = ("name_nl", "name_en")
GOES = ("nationwide", "reach_km")
Spot = namedtuple("Spot", "name latitude longitude province")  # a province lies in itself


def coordinator_figures(person, everywhere=False, only=None):
    """Two blocks, as :func:`market.figures.coordination.coordinator_figures` gives them."""
    if only not in (None, "gaps", "idle"):
        return []
    provinces = None if everywhere else set(provinces_of(person)) or None
    today = clock.today()
    rows = _placed(_grouped(), today)
    needs = _summed(row for row in rows if row["kind"] == Listing.Kind.NEED)
    offers = [row for row in rows if row["kind"] == Listing.Kind.OFFER]
    lonely, idle = _nobody_comes(needs, offers), _nobody_asks(offers, needs)
    blocks = [_demand(_within(lonely, provinces), today), _supply(_within(idle, provinces), today)]
    return [block for block in blocks if only in (None, block["key"])]


def _grouped():
    """What is on the market, counted by kind, sector and municipality, and by how far an offer goes."""
    named = [f"sector__{name}" for name in SECTOR]
    rows = Listing.objects.public().order_by().values("kind", "sector", "region", *GOES, *named)
    return rows.annotate(n=Count("pk"), since=Min("live_at"))


def _placed(rows, today):
    """Each with its ``place`` and the words for ``what`` it is."""
    places = {
        place.pk: Spot(place.name, place.latitude, place.longitude, place.province_id or place.pk)
        for place in known_places(today)
    }
    what = cache(lambda *names: str(Sector(**dict(zip(SECTOR, names, strict=True)))))
    return [
        row
        | {
            "place": places[row["region"]],
            "what": what(*(row[f"sector__{name}"] for name in SECTOR)),
        }
        for row in rows
    ]


def _summed(needs):
    """Needs of one sector and place together, however their other facts differ."""
    found = {}
    for row in needs:
        known = found.setdefault((row["sector"], row["region"]), row | {"n": 0})
        known["n"] += row["n"]
        known["since"] = min(known["since"], row["since"])
    return list(found.values())


def _nobody_comes(needs, offers):
    """The needs that no offer in their sector reaches: from everywhere, from the province, or from near enough."""
    goes = defaultdict(_Going)
    for offer in offers:
        goes[offer["sector"]].add(offer)
    return [need for need in needs if not goes[need["sector"]].reaches(need["place"])]


class _Going:
    """Where the offers of one sector come."""

    def __init__(self):
        self.everywhere, self.provinces, self.farthest = False, set(), {}

    def add(self, offer):
        place, km = offer["place"], offer["reach_km"]
        if offer["nationwide"]:
            self.everywhere = True
        elif km is None:
            self.provinces.add(place.province)
        else:
            self.farthest[place] = max(km, self.farthest.get(place, 0))

    def reaches(self, place):
        if self.everywhere or place.province in self.provinces or place in self.farthest:
            return True
        return any(km_between(here, place) <= km for here, km in self.farthest.items())


def _nobody_asks(offers, needs):
    """The offers that reach no need in their sector."""
    asked = defaultdict(dict)
    for need in needs:
        asked[need["sector"]][need["place"]] = need["place"].province
    return [offer for offer in offers if not _meets(offer, asked[offer["sector"]])]


def _meets(offer, asked):
    """Whether an offer comes to one of the places, given as ``{place: province}``."""
    place, km = offer["place"], offer["reach_km"]
    if offer["nationwide"] or place in asked:
        return bool(asked)
    if km is None:
        return place.province in asked.values()
    return any(km_between(place, there) <= km for there in asked)


def _within(rows, provinces):
    return [row for row in rows if provinces is None or row["place"].province in provinces]


def _demand(rows, today):
    return {
        "key": "gaps",
        "title": _("Demand without supply"),
        "definition": _(
            "Needs on the market in a sector in which no offer on the market comes to their municipality. Amounts, "
            "days and certificates are not looked at, and a profile without an offer does not count as one."
        ),
        **_told(rows, "need", _("Needs"), today),
    }


def _supply(rows, today):
    return {
        "key": "idle",
        "title": _("Supply without demand"),
        "definition": _(
            "Offers on the market to whose municipality, and as far as they come from there, nobody asks for anything "
            "in their sector now."
        ),
        **_told(rows, "offer", _("Offers"), today),
    }


def _told(rows, kind, counted, today):
    totals, since, by_sector = Counter(), {}, Counter()
    for row in rows:
        key = row["sector"], row["region"]
        totals[key] += row["n"]
        by_sector[row["what"]] += row["n"]
        since[key] = min(since.get(key, row["since"]), row["since"])
    named = {(row["sector"], row["region"]): row for row in rows}
    order = sorted(
        named, key=lambda key: (-totals[key], named[key]["what"], named[key]["place"].name)
    )
    return {
        "bars": [{"label": what, "value": n} for what, n in by_sector.most_common()],
        "columns": (_("Sector"), counted),
        "head": [_("Sector and municipality"), counted, _("Days, the longest there")],
        "rows": Lines(
            order,
            lambda key: (
                _link(named[key], kind),
                totals[key],
                (today - timezone.localdate(since[key])).days,
            ),
        ),
    }


def _link(row, kind):
    """Sector and place, as a link to the list of them."""
    asked = {
        "in": "live",
        "kind__exact": kind,
        "sector__id__exact": row["sector"],
        "region__id__exact": row["region"],
    }
    url = f"{reverse('admin:market_listing_changelist')}?{urlencode(asked)}"
    return format_html('<a href="{}">{}, {}</a>', url, row["what"], row["place"].name)
