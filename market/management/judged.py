"""Judged texts as needs and offers on the market, loaded past the moves."""

from datetime import timedelta

from factory import clock
from factory.bulk import run
from market.models import Listing
from partners.models import Organisation, Person, Region, Sector

TITLE = 120
SHOW = """UPDATE market_listing SET state = CASE WHEN id = ANY(%s) THEN 'live' ELSE 'withdrawn' END
    WHERE kind = 'offer'"""
GAINS = {"exact": 7.0, "kin": 1.0}  # 2 to the power of the relevance (3 and 1), less 1


class Judged:
    """One set: ``docs`` with a text a language and a group, ``queries`` that want one of them."""

    def __init__(self, data, most):
        self.docs, self.queries = data["docs"], data["queries"][:most]
        self.number = {doc["id"]: number for number, doc in enumerate(self.docs)}
        self.languages = [code for code in ("nl", "en") if all(code in doc for doc in self.docs)]

    def tasks(self):
        """The names of what can be asked, each with the language in which each document is shown."""
        asked = self.queries[0]["lang"]
        if len(self.languages) > 1:
            yield "mixed", [doc["lang"] for doc in self.docs]
        for code in self.languages:
            yield f"{asked}-{code}", [code] * len(self.docs)

    def gains(self, query):
        """What each document is worth to this question."""
        wanted = self.docs[self.number[query["doc"]]]
        kin = [GAINS["kin"] if doc["group"] == wanted["group"] else 0.0 for doc in self.docs]
        kin[self.number[query["doc"]]] = GAINS["exact"]
        return kin

    def load(self):
        """Everybody and everything on the market; returns the needs in the order of the questions."""
        self.person = Person.objects.create(email="judge@mail.example", name="Judge")
        self.region = Region.objects.current().municipalities().get(name="Utrecht")
        self.sector = Sector.objects.order_by("pk").first()
        names = ["Everybody who asks", *(f"Supplier {n}" for n in range(len(self.docs)))]
        buyer, *self.suppliers = Organisation.objects.bulk_create(map(self._organisation, names))
        self.offers = {code: self._offers(code) for code in self.languages}
        needs = [self._listing("need", buyer, q["text"], q["lang"]) for q in self.queries]
        return Listing.objects.bulk_create(needs)

    def show(self, languages):
        """Leave of each document the offer in this language on the market, and no other."""
        shown = [self.offers[code][n].pk for n, code in enumerate(languages)]
        run(SHOW, [shown])

    def _organisation(self, name):
        place = {"region": self.region, "province": self.region.province}
        kind = "municipality" if name.startswith("Everybody") else "enterprise"
        slug = name.lower().replace(" ", "-")
        return Organisation(kind=kind, name=name, slug=slug, state="active", **place)

    def _offers(self, code):
        offers = [
            self._listing("offer", supplier, doc[code], code, nationwide=True)
            for supplier, doc in zip(self.suppliers, self.docs, strict=True)
        ]
        return Listing.objects.bulk_create(offers)

    def _listing(self, kind, organisation, text, language, **facts):
        self.made = getattr(self, "made", 0) + 1
        now = clock.now()
        return Listing(
            kind=kind,
            organisation=organisation,
            contact=self.person,
            title=text[:TITLE],
            text=text,
            slug=f"{kind}-{self.made}",
            language=language,
            sector=self.sector,
            region=self.region,
            province=self.region.province,
            state="live",
            live_at=now,
            expires_at=now + timedelta(days=90),
            **facts,
        )
