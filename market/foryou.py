"""For you: what on the market fits the reader's own organisation, each with its true reasons.

Explained as suggestions are, and weighed by the same parts and the weights in force. Put ready by the worker, what
the texts say counts by meaning, from what was read; weighed during a visit, or unread, by the words that both hold.
Never what one may not see, one's own, or what was refused before.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from factory.meaning.wording import MOST_SHARED
from market.boxes import no_buttons, where_noes_go, why_box
from market.explaining import is_about_it, true_reasons
from market.matching import scoring
from market.matching.distances import km_between
from market.matching.filtering import BUYERS_ONLY, NOT_THEIR_DOING, offers_for
from market.matching.meaning import nearness_of
from market.matching.ranking import parts
from market.matching.weights import as_chosen
from market.models import Listing, Match
from market.pairing import are_read, compared, holds_all, keys_of, may_be_said, place_shown, reaches
from partners.holding import note_what_is_held
from partners.nearby import known_places
from partners.scoring import near as by_distance
from partners.scoring import squashed
from partners.whose import decides

MOST_OWN = 20  # listings of one's own that are looked at, the newest
MOST_NEEDS = 3  # of those, so many needs of which offers are looked for
MOST_WEIGHED = 40  # of each side; each is compared word for word
FOR_OTHERS = {"no_offer"}  # of use to a coordinator; of oneself one knows


@dataclass
class Fit:
    """One listing of somebody else, beside what one asks or offers oneself (``own``; None: the profile).

    ``for_need``: the title of one's own need, if it is that which it fits.
    """

    listing: Listing | None
    own: Listing | None
    reasons: list = field(default_factory=list)
    score: float = 0.0
    for_need: str = ""
    pair: tuple = ()  # the keys of need, supplier and offer
    features: dict = field(default_factory=dict)


class ForYou:
    """What fits one organisation: weighed now, or as it was put ready (``shelved``, see :mod:`.shelving`)."""

    def __init__(self, organisation, most=MOST_WEIGHED, compares=False):
        self.organisation, self.most, self.compares = organisation, most, compares
        self.fits, self.answers, self.shelved = {}, defaultdict(list), None
        self.weights = as_chosen(organisation.weighing) if organisation else None

    @cached_property
    def own(self):
        """The newest of one's own listings; with them one's organisation is made ready to be compared."""
        mine = Listing.objects.public().filter(organisation=self.organisation)
        rows = list(compared(mine).order_by("-live_at")[:MOST_OWN])
        for row in rows:
            row.organisation = self.organisation
        return rows

    @cached_property
    def said_no(self):
        """What somebody of one's organisation said is not for it, of what is still there; the last first."""
        live = Q(listing__state=Listing.State.LIVE)
        said = self.organisation.refused.filter(live).select_related("listing")
        return list(
            said.defer("listing__search_nl", "listing__search_en", "listing__text").order_by("-at")
        )

    @property
    def decides(self):
        """Whether the reader may say what is not for their organisation."""
        return decides(self.organisation)

    @property
    def needs(self):
        return [listing for listing in self.own if listing.is_need]

    @property
    def offers(self):
        return [listing for listing in self.own if not listing.is_need]

    def keys(self):
        """The keys of all that fits, the best first; what comes later is not looked at."""
        if self.shelved is not None:
            return self._keys_on_the_shelf()
        weighed = [*self._needs_worth_weighing(), *self._offers_worth_weighing()]
        self.weigh(weighed)
        best = sorted(self.fits.values(), key=lambda fit: (-fit.score, -fit.listing.pk))
        return tuple(fit.listing.pk for fit in best)

    def _keys_on_the_shelf(self):
        there = Listing.objects.public().filter(pk__in=self.shelved)
        versions = dict(there.exclude(organisation=self.organisation).values_list("pk", "version"))
        return tuple(pk for pk in self.shelved if self._on_the_shelf(pk, versions.get(pk)))

    def _on_the_shelf(self, key, version):
        """What was put ready of this listing, if its words are as they were and nobody said no since."""
        known, fit = self.shelved.get(key, (None, None))
        refused = any(one.listing_id == key for one in self.said_no)
        return fit if known == version and not refused else None

    def put_ready(self, listing):
        """What was put ready of this listing, if that still holds."""
        return self._on_the_shelf(listing.pk, listing.version)

    def _needs_worth_weighing(self):
        if self.organisation.kind in BUYERS_ONLY and not self.offers:
            return []
        sectors = {*self.organisation.sector_keys, *(offer.sector_id for offer in self.offers)}
        needs = Listing.objects.public().needs().filter(sector__in=sectors)
        if not any(offer.nationwide for offer in self.offers):
            provinces = [self.organisation.province_id, *self.organisation.area_keys]
            needs = needs.filter(Q(province__in=provinces) | Q(nationwide=True) | self._in_reach())
        return self._others(needs)

    def _in_reach(self):
        """Where one's own offers come."""
        places = {
            place.pk
            for offer in self.offers
            for place in known_places(timezone.localdate())
            if offer.reach_km and km_between(offer.region, place) <= offer.reach_km
        }
        return Q(hides_name=False, region__in=places) | Q(hides_name=True, province__in=places)

    def _offers_worth_weighing(self):
        found = Q(pk__in=[])
        for need in self.needs[:MOST_NEEDS]:
            near = offers_for(need).filter(sector=need.sector_id).order_by("-live_at")
            found |= Q(pk__in=near.values("pk")[: self.most])
        return self._others(Listing.objects.public().filter(found)) if self.needs else []

    def _others(self, listings):
        others = listings.exclude(organisation=self.organisation)
        return list(compared(others).order_by("-live_at")[: self.most])

    def weigh(self, listings):
        """Find for each of these what of one's own it fits best, and why."""
        us, said_no = self.organisation.pk, {one.listing_id for one in self.said_no}
        others = [one for one in listings if one.organisation_id != us and one.pk not in said_no]
        if not others:
            return
        self._make_ready(others)
        refused = self._refused(others)
        able = {listing: list(self._pairs(listing, refused)) for listing in others}
        near = self._nearness(able.values())
        for listing in others:
            pairs = [fit for pair in able[listing] for fit in self._fitting(listing, *pair, near)]
            if fit := max(pairs, key=lambda one: one.score, default=None):
                self.fits[listing.pk] = fit
            for fit in pairs:
                if listing.is_need and fit.own is not None:
                    self.answers[fit.own.pk].append(fit)

    def _make_ready(self, others):
        both = [*self.own, *others]
        prefetch_related_objects(both, "themes")
        offering = [one.organisation for one in others if not one.is_need]
        prefetch_related_objects([self.organisation, *offering], "themes")
        if any(one.asked_proofs for one in both):
            note_what_is_held([self.organisation, *offering])
        for thing in both:
            thing.theme_keys = [theme.pk for theme in thing.themes.all()]

    def _refused(self, others):
        """The (need, supplier) of one's own side that were tried: open, done or refused."""
        mine = Q(organisation=self.organisation, need__in=others)
        mine |= Q(buyer=self.organisation, need__in=self.needs)
        tried = Match.objects.filter(mine).exclude(NOT_THEIR_DOING)
        return set(tried.exclude(state=Match.State.SUGGESTED).values_list("need", "organisation"))

    def _pairs(self, listing, refused):
        """Every pair of this listing and one's own that holds."""
        if listing.is_need:
            pairs = [(listing, self.organisation, offer) for offer in self.offers]
            pairs = [pair for pair in pairs if reaches(pair[2], listing)]
            pairs += [(listing, self.organisation, None)] if self._works_for(listing) else []
        else:
            pairs = [(need, listing.organisation, listing) for need in self.needs]
            pairs = [pair for pair in pairs if reaches(listing, pair[0])]
        for need, supplier, offer in pairs:
            if (need.pk, supplier.pk) not in refused and holds_all(supplier, need):
                yield need, supplier, offer

    def _nearness(self, able):
        """How near the texts of all these pairs lie in meaning, if that is compared."""
        every = [pair for pairs in able for pair in pairs if self.compares and are_read(*pair)]
        return nearness_of([keys_of(*pair) for pair in every])

    def _fitting(self, listing, need, supplier, offer, nearness):
        """The pair with its score and reasons; nothing if no reason is about what is asked."""
        near = nearness.get(keys_of(need, supplier, offer))
        reasons = true_reasons(need, supplier, offer, near)
        reasons = [r for r in reasons if may_be_said(r, listing)]
        if any(map(is_about_it, reasons)):
            shared = next((r["words"] for r in reasons if r["code"] == "shared_words"), ())
            text = len(shared) / MOST_SHARED if near is None else squashed(near)
            features = parts(need, supplier, offer, text)
            if listing.hides_name:
                place = (offer or supplier).region
                features["near"] = by_distance(km_between(place_shown(need), place))
            own, asked = (offer, "") if listing.is_need else (need, need.title)
            score, pair = scoring.score(features, self.weights), keys_of(need, supplier, offer)
            yield Fit(listing, own, reasons, score, asked, pair, features)

    def _works_for(self, need):
        """By the profile alone: the same sector, and the province or a place where one works."""
        us = self.organisation
        where = {us.province_id, *us.area_keys}
        here = need.province_id in where or (not need.hides_name and need.region_id in where)
        return us.kind not in BUYERS_ONLY and need.sector_id in us.sector_keys and here

    def boxes(self, rows):
        """``{key: box}`` for the rows of a page, why this is for you, and what they say as ``[(key, Fit)]``."""
        if self.organisation is None:
            return {}, []
        if self.shelved is not None:
            found = {row.pk: self._on_the_shelf(row.pk, row.version) for row in rows}
        else:
            found = self._weighed_for(rows)
        told = {row.pk: self.box(found[row.pk], row) for row in rows if found.get(row.pk)}
        return told, [(key, found[key]) for key in told]

    def _weighed_for(self, rows):
        unknown = [row.pk for row in rows if row.pk not in self.fits]
        if unknown and not self.fits:
            self.weigh(compared(Listing.objects.public().filter(pk__in=unknown)))
        return self.fits

    def box(self, fit, listing):
        """Why a listing is for you."""
        reasons = [r for r in fit.reasons if r["code"] not in FOR_OTHERS]
        title = _("Fits your need “%(title)s”") % {"title": fit.for_need} if fit.for_need else ""
        return why_box(reasons, self.organisation, self.refusable(listing), title)

    def refusable(self, listing):
        """The buttons that say that this is not for us; nothing for who may not say it."""
        return no_buttons(listing.slug, listing.title) if self.decides else ""

    def refusing(self, rows=None):
        """Where refusals go, and what was refused (``rows``: of these alone); None for who may not say it."""
        if not self.decides:
            return None
        return where_noes_go(self.organisation, self.said_no if rows is None else rows)
