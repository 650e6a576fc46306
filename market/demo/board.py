"""How the demo's needs and offers come to the market, and how offers are kept there."""

from factory.demo import chance
from factory.moves import the_factory
from market.demo.parties import NATIONWIDE
from market.lifecycle.listing import post, renew
from market.models import Listing
from partners.models import Sector

REACH_KM = {
    "care": 25,
    "catering": 35,
    "cleaning": 40,
    "circular": 60,
    "workspace": 60,
    "textiles": 60,
}
USUAL_KM = 45
POSTED = [0, 14, 14, 30, 30, 30, 90]  # days ago at least; up to seventy more
RENEWED_AFTER = 80  # days; a listing stays for 90


class Board:
    """Posts listings for partners; keeps the words they are filed under."""

    def __init__(self, parties, days):
        self.parties, self.days = parties, days
        self.sectors = {sector.slug: sector for sector in Sector.objects.all()}
        self.offers, self.factory = {}, the_factory()

    def post(self, kind, row, partner, **facts):
        """Put one line of a file on the market, now."""
        listing = Listing(kind=kind, organisation=partner)
        words = {"title": row["title"], "text": row["text"], "sector": self.sectors[row["sector"]]}
        post(listing, by=self.parties.decider(partner), region=partner.region, **words, **facts)
        listing.sector, listing.region = words["sector"], partner.region
        listing.province = partner.province
        return listing

    def offering(self, row):
        """The course of an offer: posted some time ago, and renewed whenever its time was nearly up."""
        by = chance(row["title"])
        partner = self.parties.by_name[row["organisation"]]
        known = (self.days.today - partner.active_since).days
        ago = min(known - 1, by.choice(POSTED) + by.randrange(70))
        yield self.days.at(ago, by)
        offer = self.post("offer", row, partner, **reach(row), value_cents=usual(row))
        self.offers.setdefault((partner.pk, offer.sector_id), offer)
        while ago > RENEWED_AFTER:
            ago -= RENEWED_AFTER
            yield self.days.at(ago, by)
            renew(offer, by=self.parties.decider(partner))

    def offer_of(self, partner, sector):
        """Its offer in that sector, once it is there."""
        return self.offers.get((partner.pk, sector.pk))


def reach(row):
    """How far an offer goes: everywhere for what can be sent, else as far as the work allows."""
    if row["sector"] in NATIONWIDE and not row["title"].startswith("Inloop"):
        return {"nationwide": True}
    return {"reach_km": REACH_KM.get(row["sector"], USUAL_KM)}


def usual(row):
    """The usual amount in cents: well under the middle of the range, rounded to two digits."""
    low, high = int(row["low_euros"]), int(row["high_euros"])
    euros = low + (high - low) * 0.4
    return int(float(f"{euros:.2g}")) * 100
