"""Demand without supply and supply without demand, by sector and municipality: where nothing is there to meet."""

from collections import Counter, defaultdict

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from factory import clock
from market.matching.distances import km_between
from market.models import Listing
from partners.models import Region, Sector, provinces_of

MOST_ROWS, MOST_BARS = 40, 10
GOES = ("nationwide", "reach_km")
SECTOR = ("name_nl", "name_en")
PLACE = ("name", "latitude", "longitude", "province_id")


def coordinator_figures(person, everywhere=False):
    """Two blocks, as :func:`market.figures.coordination.coordinator_figures` gives them."""
    provinces = None if everywhere else set(provinces_of(person)) or None
    rows = [_placed(row) for row in _grouped()]
    needs = _summed(row for row in rows if row["kind"] == Listing.Kind.NEED)
    offers = [row for row in rows if row["kind"] == Listing.Kind.OFFER]
    lonely = _alone(needs, offers, lambda need, offer: reaches(offer, need))
    idle = _alone(offers, needs, reaches)
    today = clock.today()
    return [_demand(_within(lonely, provinces), today), _supply(_within(idle, provinces), today)]


def _grouped():
    """What is on the market, counted by kind, sector and municipality, and by how far an offer goes."""
    of_the_sector = [f"sector__{name}" for name in SECTOR]
    of_the_place = [f"region__{name}" for name in PLACE]
    rows = (
        Listing.objects.public()
        .order_by()
        .values("kind", "sector", "region", *GOES, *of_the_sector, *of_the_place)
    )
    return rows.annotate(n=Count("pk"), since=Min("live_at"))


def _placed(row):
    """With its ``place`` and the words for ``what`` it is."""
    place = Region(pk=row["region"], **{name: row[f"region__{name}"] for name in PLACE})
    sector = Sector(**{name: row[f"sector__{name}"] for name in SECTOR})
    return row | {"place": place, "what": str(sector)}


def _summed(needs):
    """Needs of one sector and place together, however their other facts differ."""
    found = {}
    for row in needs:
        known = found.setdefault((row["sector"], row["region"]), row | {"n": 0})
        known["n"] += row["n"]
        known["since"] = min(known["since"], row["since"])
    return list(found.values())


def reaches(offer, need):
    """Whether offers of this group come to where needs of that group are."""
    if offer["nationwide"]:
        return True
    if offer["reach_km"] is None:
        return _province(offer["place"]) == _province(need["place"])
    return km_between(offer["place"], need["place"]) <= offer["reach_km"]


def _province(place):
    return place.province_id or place.pk


def _alone(rows, others, met):
    """The rows that none of the others in the same sector meets."""
    there = defaultdict(list)
    for other in others:
        there[other["sector"]].append(other)
    return [row for row in rows if not any(met(row, other) for other in there[row["sector"]])]


def _within(rows, provinces):
    return [row for row in rows if provinces is None or _province(row["place"]) in provinces]


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
        "bars": [{"label": what, "value": n} for what, n in by_sector.most_common(MOST_BARS)],
        "columns": (_("Sector"), counted),
        "head": [_("Sector and municipality"), counted, _("Days, the longest there")],
        "rows": [
            (_link(named[key], kind), totals[key], (today - timezone.localdate(since[key])).days)
            for key in order[:MOST_ROWS]
        ],
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
