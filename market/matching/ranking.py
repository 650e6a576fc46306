"""The suppliers for a need, best first, each with its parts and its reasons."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from market.explaining import is_about_it, true_reasons
from market.matching import scoring
from market.matching.distances import km_between
from market.matching.filtering import tried
from market.matching.recall import recalled_offers, recalled_organisations
from market.models import Listing, Match
from partners.models import Organisation

ON_A_SHORTLIST = 5
EXPLAINED = 3  # so many times what is wanted is looked at before giving up


@dataclass
class Suggestion:
    """An organisation for a need, perhaps by an offer; ``features`` make up ``score``."""

    organisation: Organisation
    offer: Listing | None
    features: dict
    score: float = 0.0
    reasons: list = field(default_factory=list)


def suppliers_for(need, most=ON_A_SHORTLIST):
    """Up to ``most`` suggestions, best first. What cannot be explained is left out."""
    prefetch_related_objects([need], "themes")
    need.theme_keys = [theme.pk for theme in need.themes.all()]
    before = _who_did_it_before(need)
    known = {one.organisation.pk for one in before}
    others = [one for one in _in_order(_weighed(need)) if one.organisation.pk not in known]
    first = [*before, *others][: most * EXPLAINED]
    prefetch_related_objects([one.organisation for one in first], "themes")
    prefetch_related_objects([one.offer for one in first if one.offer], "themes")
    return list(_explained(need, first, most))


def _who_did_it_before(need):
    """Of a need that repeats a match: its supplier, if it is still there and was not tried yet."""
    if not need.repeats_id:
        return []
    able = Organisation.objects.active().exclude(pk__in=tried(need)).select_related("region")
    supplier = able.filter(pk=need.repeats.organisation_id).first()
    if supplier is None:
        return []
    offers = Listing.objects.public().select_related("region", "sector")
    offer = offers.filter(pk=need.repeats.offer_id).first()
    features = parts(need, supplier, offer)
    return [Suggestion(supplier, offer, features, scoring.score(features))]


def _weighed(need):
    """Everybody recalled, weighed; of each organisation its best."""
    offers, profiles = list(recalled_offers(need)), list(recalled_organisations(need))
    texts = [(offer.language, offer.lexical) for offer in offers]
    texts += [("profile", organisation.lexical) for organisation in profiles]
    pairs = [(offer.organisation, offer) for offer in offers] + [(o, None) for o in profiles]
    best = {}
    for (organisation, offer), z in zip(pairs, scoring.standardised_by_group(texts), strict=True):
        features = parts(need, organisation, offer, text=scoring.squashed(z))
        made = Suggestion(organisation, offer, features, scoring.score(features))
        known = best.get(organisation.pk)
        if known is None or made.score > known.score:
            best[organisation.pk] = made
    return best


def parts(need, organisation, offer, text=scoring.UNKNOWN):
    """The numbers that the score of a pair is made of, each between 0 and 1."""
    place = offer.region if offer else organisation.region
    return {
        "sector": float(not offer or offer.sector_id == need.sector_id),
        "text": text,
        "near": scoring.near(km_between(need.region, place)),
        "offer": float(bool(offer)),
        "value": scoring.value_fit(need.value_cents, offer.value_cents if offer else None),
        "themes": scoring.share(_keys(need), _keys(offer, organisation)),
    }


def _keys(*things):
    """The ids of the themes of these, as they came with the recall or else by a query."""
    first = next(filter(None, things))
    if hasattr(first, "theme_keys"):
        return first.theme_keys
    return {theme.pk for thing in filter(None, things) for theme in thing.themes.all()}


def _in_order(weighed):
    shown = Counter(
        Match.objects.filter(state=Match.State.SUGGESTED, organisation__in=weighed).values_list(
            "organisation", flat=True
        )
    )
    rated = [(pk, made.score, shown[pk]) for pk, made in weighed.items()]
    return [weighed[pk] for pk in scoring.in_order(rated)]


def _explained(need, suggestions, most):
    found = 0
    for made in suggestions:
        if found == most:
            return
        made.reasons = true_reasons(need, made.organisation, made.offer)
        if any(map(is_about_it, made.reasons)):
            found += 1
            yield made
