"""Who buys and who supplies in the demo: the same kinds of work, within reach, and in turn."""

from collections import Counter, defaultdict

from market.matching.distances import km_between
from partners.models import Membership, Organisation, Person

GOVERNMENT = ("municipality", "province")
NEAR, NEAR_KM, ENOUGH = 6, 40, 2  # who is asked: of how many, from how far; how many make a choice
NATIONWIDE = {"gifts", "print", "ict"}  # what can be sent goes everywhere


class Parties:
    """The active partners of the demo, with who decides for them, read once."""

    def __init__(self, offers):
        people = Membership.objects.who_decide().select_related("person").order_by("-role", "pk")
        self.deciders = {m.organisation_id: m.person for m in reversed(people)}
        partners = Organisation.objects.exclude(state="listed").select_related("region", "province")
        partners = partners.order_by("created_at", "pk")
        self.by_name = {partner.name: partner for partner in partners}
        self.by_kind = defaultdict(list)
        for partner in self.by_name.values():
            kind = "government" if partner.kind in GOVERNMENT else partner.kind
            self.by_kind[kind if partner.state == "active" else partner.state].append(partner)
        self.suppliers = defaultdict(list)
        for offer in offers:
            supplier = self.by_name[offer["organisation"]]
            if supplier.kind == "enterprise" and supplier not in self.suppliers[offer["sector"]]:
                self.suppliers[offer["sector"]].append(supplier)
        staff = Person.objects.coordinators().prefetch_related("regions")
        self.coordinators = {region.pk: one for one in staff for region in one.regions.all()}
        self.busy = Counter()

    def decider(self, partner):
        return self.deciders[partner.pk]

    def coordinator(self, partner):
        return self.coordinators[partner.province_id]

    def buyer(self, kind, sector, day):
        """The buyer of that kind whose turn it is, of those who had suppliers near by that day."""
        here = [one for one in self.by_kind[kind] if not one.active_since or one.active_since < day]
        served = [one for one in here if len(self.suppliers_for(sector, one, day)) >= ENOUGH]
        return self.in_turn(served or here)

    def suppliers_for(self, sector, buyer, day):
        """The nearest in that sector who were here before a day and reach the buyer, by distance."""
        able = [
            (km_between(buyer.region, one.region), one.pk, one)
            for one in self.suppliers[sector]
            if one != buyer and one.active_since < day
        ]
        near = sorted(able)[:NEAR]
        reached = [one for km, _pk, one in near if km <= NEAR_KM or sector in NATIONWIDE]
        return reached or [one for _km, _pk, one in near[:1]]

    def in_turn(self, partners):
        """The least busy of them, who is busier from now on."""
        chosen = min(partners, key=lambda one: self.busy[one.pk])
        self.busy[chosen.pk] += 1
        return chosen
