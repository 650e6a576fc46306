"""Whether a reason is true of two records, from their columns alone and by other ways than those that made it."""

import math
import re
from collections import Counter
from difflib import SequenceMatcher
from statistics import fmean, pstdev

from factory import clock
from factory.meaning.models import Reading
from market.models import Match, SectorPair
from partners.models import Organisation

EVERYDAY = {
    "nl": "de het een en van voor met bij om te wij ons onze je jullie die dat is zijn".split(),
    "en": "the a an and of for with by to our us your you that this is are from".split(),
}
EARTH_KM = 6371
SLACK_KM, SLACK = 2, 0.02  # a plane and a ball differ by less in a country this small


def km_over_a_ball(one, other):
    """Haversine."""
    up, aside = (
        math.radians(a - b)
        for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude))
    )
    flat = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    h = math.sin(up / 2) ** 2 + flat * math.sin(aside / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


def about(km, said):
    return abs(km - said) <= SLACK_KM + SLACK * km


def words_in(text):
    return set(re.split(r"[\W\d_]+", text.casefold()))


def spoken_in(listing):
    """The language whose articles and small words stand in a text more often; its column is not looked at."""
    said = Counter(re.split(r"[\W\d_]+", f"{listing.title} {listing.text}".casefold()))
    times = {code: sum(said[word] for word in words) for code, words in EVERYDAY.items()}
    return max(times, key=times.get) if times["nl"] != times["en"] else ""


def named(reason, thing):
    return (reason["nl"], reason["en"]) == (thing.name_nl, thing.name_en)


def look_alike(one, other):
    """Two words with five letters in a row in common, or nearly all in the same order."""
    found = SequenceMatcher(None, one, other, autojunk=False)
    return found.find_longest_match().size >= 5 or found.ratio() >= 0.8


def dot(one, other, start, stop):
    return sum(float(a) * float(b) for a, b in zip(one[start:stop], other[start:stop], strict=True))


def spread_out(asked, answer):
    """How many standard deviations two readings lie nearer than others do, from both sides."""
    one, other = (Reading.objects.get(thing=thing, key=key) for thing, key in (asked, answer))
    found = 0.0
    for (mine, theirs), share in (((one, other), 1.0), ((other, one), 0.7)):
        rows = Reading.objects.filter(thing=theirs.thing, language=theirs.language)
        rows = [row.vector for row in rows.order_by("chance")[:300]]
        totals, here = [0.0] * len(rows), 0.0
        for start, stop, weight in ((0, 384, 1.0), (384, 896, 0.8)):
            numbers = [dot(row, mine.vector, start, stop) for row in rows]
            mean, spread = fmean(numbers), pstdev(numbers)
            exact = dot(theirs.vector, mine.vector, start, stop)
            here += weight * (exact - mean) / spread
            totals = [
                t + weight * (n - mean) / spread for t, n in zip(totals, numbers, strict=True)
            ]
        found += share * here / pstdev(totals)
    return found


class Pair:
    """A need, a supplier, and perhaps an offer of that supplier."""

    def __init__(self, need, supplier, offer):
        self.need, self.supplier, self.offer = need, supplier, offer
        self.place = (offer or supplier).region
        self.km = km_over_a_ball(need.region, self.place)
        said = (offer.title, offer.text) if offer else (supplier.mission, supplier.description)
        self.said = words_in(" ".join(said))

    def holds(self, reason):
        """Whether this reason may be said of the pair."""
        return bool(getattr(self, reason["code"])(reason))

    def times(self):
        return (self.offer.value_cents or math.nan) / (self.need.value_cents or math.nan)

    def delivered_before(self, reason):
        before = Match.objects.filter(pk=self.need.repeats_id, state="completed")
        return before.filter(organisation=self.supplier).exists()

    def same_sector(self, reason):
        return self.offer.sector_id == self.need.sector_id and named(reason, self.need.sector)

    def profile_sector(self, reason):
        rows = Organisation.sectors.through.objects.filter(organisation=self.supplier.pk)
        there = rows.filter(sector=self.need.sector_id).exists()
        return there and self.offer is None and named(reason, self.need.sector)

    def paired(self):
        """Whether a coordinator paired the two sectors, either way round."""
        two = {self.offer.sector_id, self.need.sector_id}
        return any({row.one_id, row.other_id} == two for row in SectorPair.objects.all())

    def close_sector(self, reason):
        return self.paired() and named(reason, self.offer.sector)

    def other_sector(self, reason):
        other = self.offer.sector_id != self.need.sector_id and not self.paired()
        return other and named(reason, self.offer.sector)

    def no_offer(self, reason):
        return self.offer is None

    def held(self):
        """``{kind: levels}`` of what somebody checked and nobody revoked, and whose days hold today.

        An aspirant does not hold it; who holds PSO 30+ holds PSO too.
        """
        today, held = clock.today(), {}
        for row in self.supplier.credentials.filter(checked_by__isnull=False):
            days = row.valid_from <= today <= (row.valid_until or today)
            if row.state != "refused" and row.level != "aspirant" and days:
                held.setdefault(row.proof, set()).add(row.level)
        if "pso30" in held:
            held.setdefault("pso", {"pso30"})
        return held

    def credential_held(self, reason):
        held, asked = self.held(), set(self.need.asked_proofs)
        known = all(level in held.get(proof, ()) for proof, level in reason["proofs"])
        return (
            known and {proof for proof, _level in reason["proofs"]} == asked & held.keys() != set()
        )

    def credential_missing(self, reason):
        missing = set(self.need.asked_proofs) - self.held().keys()
        return set(reason["proofs"]) == missing != set()

    def same_place(self, reason):
        return self.place.code == self.need.region.code and reason["name"] == self.place.name

    def same_province(self, reason):
        here = self.place.province_id == self.need.province_id
        return here and self.place.code != self.need.region.code and about(self.km, reason["km"])

    def delivers_here(self, reason):
        known = (self.offer.reach_km, True) == (reason["reach"], about(self.km, reason["km"]))
        return known and self.km <= self.offer.reach_km + SLACK_KM

    def nationwide(self, reason):
        return self.offer.nationwide

    def far(self, reason):
        return self.km >= 75 - SLACK_KM and about(self.km, reason["km"])

    def value_fits(self, reason):
        return 0.5 <= self.times() <= 2 and reason["cents"] == self.offer.value_cents

    def larger(self, reason):
        return self.times() > 2 and reason["cents"] == self.offer.value_cents

    def smaller(self, reason):
        return self.times() < 0.5 and reason["cents"] == self.offer.value_cents

    def shared_words(self, reason):
        asked = words_in(f"{self.need.title} {self.need.text}")
        return reason["words"] and set(reason["words"]) <= asked & self.said

    def written_alike(self, reason):
        asked = words_in(self.need.title)
        theirs = words_in(self.offer.title if self.offer else self.supplier.mission)
        return all(
            a in asked - theirs and b in theirs - asked and look_alike(a, b)
            for a, b in reason["pairs"]
        )

    def same_subject(self, reason):
        """By the vectors that are kept of the two, among all that are kept, number by number."""
        thing = "offer" if self.offer else "organisation"
        said = self.offer.title if self.offer else self.supplier.mission
        near = spread_out(("need", self.need.pk), (thing, (self.offer or self.supplier).pk))
        return said.startswith(reason["said"].rstrip(" …")) and abs(near - reason["near"]) < 0.1

    def shared_themes(self, reason):
        theirs = [self.supplier, *([self.offer] if self.offer else [])]
        offered = {theme.name_nl for thing in theirs for theme in thing.themes.all()}
        asked = {theme.name_nl for theme in self.need.themes.all()}
        return {theme["nl"] for theme in reason["themes"]} == asked & offered

    def other_language(self, reason):
        theirs, asked = spoken_in(self.offer), spoken_in(self.need)
        return reason["language"] == theirs and {theirs, asked} == {"nl", "en"}
