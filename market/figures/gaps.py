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


def coordinator_figures(person, everywhere=False):
    """Two blocks, as :func:`market.figures.coordination.coordinator_figures` gives them."""
    provinces = None if everywhere else set(provinces_of(person)) or None
    needs, offers = _grouped("need"), _grouped("offer", "nationwide", "reach_km")
    keys = {row["region"] for row in [*needs, *offers]}
    places, sectors = Region.objects.in_bulk(keys), Sector.objects.in_bulk()
    for row in [*needs, *offers]:
        row["place"], row["what"] = places[row["region"]], str(sectors[row["sector"]])
    lonely = _alone(needs, offers, lambda need, offer: reaches(offer, need))
    idle = _alone(offers, needs, reaches)
    return [_demand(_within(lonely, provinces)), _supply(_within(idle, provinces))]


def _grouped(kind, *more):
    """What is on the market of a kind, counted by sector and municipality."""
    rows = Listing.objects.public().filter(kind=kind).order_by()
    rows = rows.values("sector", "region", *more).annotate(n=Count("pk"), since=Min("live_at"))
    return list(rows)


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


def _demand(rows):
    return {
        "key": "gaps",
        "title": _("Demand without supply"),
        "definition": _(
            "Needs on the market in a sector in which no offer on the market comes to their municipality. Amounts, "
            "days and certificates are not looked at, and a profile without an offer does not count as one."
        ),
        **_told(rows, "need", _("Needs")),
    }


def _supply(rows):
    return {
        "key": "idle",
        "title": _("Supply without demand"),
        "definition": _(
            "Offers on the market to whose municipality, and as far as they come from there, nobody asks for anything "
            "in their sector now."
        ),
        **_told(rows, "offer", _("Offers")),
    }


def _told(rows, kind, counted):
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
    today = clock.today()
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
