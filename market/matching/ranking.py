"""The suppliers for a need, best first, each with its parts and its reasons."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from market.explaining import is_about_it, true_reasons
from market.matching import scoring
from market.matching.attention import on_shortlists, waiting
from market.matching.distances import km_between
from market.matching.filtering import proven, tried
from market.matching.meaning import Question, nearness_of
from market.matching.recall import recalled
from market.matching.sectors import note_what_is_close, sector_fit
from market.matching.weights import in_force
from market.models import Listing, NotForUs
from partners import fairness
from partners.attention import had_enough
from partners.holding import note_what_is_held
from partners.models import Organisation
from partners.scoring import UNKNOWN, in_order, near, share, squashed

ON_A_SHORTLIST = 5
EXPLAINED = 3  # so many times what is wanted is looked at before giving up


@dataclass
class Weighed:
    """An organisation for a need, perhaps by an offer, both by their keys; ``features`` make up ``score``."""

    organisation: int
    offer: int | None
    features: dict
    score: float = 0.0


@dataclass
class Suggestion:
    """As :class:`Weighed`, with the things themselves and why they fit."""

    organisation: Organisation
    offer: Listing | None
    features: dict
    score: float = 0.0
    reasons: list = field(default_factory=list)


def suppliers_for(need, most=ON_A_SHORTLIST, favoured=()):
    """Up to ``most`` suggestions, best first. What cannot be explained is left out.

    ``favoured`` are the organisations that a round over many needs chose for this one (:func:`shared_out`).
    """
    before = _who_did_it_before(need)
    known = {one.organisation.pk for one in before}
    others = [
        one for one in _in_order(weighed(need), most, favoured) if one.organisation not in known
    ]
    first = [*before, *_fetched(others[: most * EXPLAINED])][: most * EXPLAINED]
    return list(_explained(need, first, most))


def chosen_anew(need, there, keep):
    """For a need whose words changed: ``(who goes from its shortlist, who comes instead)``, organisations by key.

    ``there``: ``{organisation: offer}`` of the list, by key; ``keep``: those of them that stay anyway. The others are
    weighed beside all that answer: who is not found any more by that offer goes, and who is worse than somebody new
    by more than a fair share may cost.
    """
    need.chosen_anew = True
    found = weighed(need)
    need.chosen_anew = False
    if need.repeats_id:
        keep = {*keep, need.repeats.organisation_id} & there.keys()
    stay = {pk for pk, offer in there.items() if pk in found and found[pk].offer == offer} | keep
    aside = {*stay, *had_enough(found)}
    others = [found[pk] for pk in in_order([(pk, one.score, 0) for pk, one in found.items()])]
    others = [one for one in others if one.organisation not in aside]
    new = _fetched(others[: ON_A_SHORTLIST * EXPLAINED])
    new = [one.organisation.pk for one in _explained(need, new, ON_A_SHORTLIST)]
    old, better = fairness.giving_way(
        {pk: found[pk].score for pk in stay - keep},
        {pk: found[pk].score for pk in new},
        max(0, ON_A_SHORTLIST - len(stay)),
    )
    return [*(there.keys() - stay), *old], better


def _fetched(found):
    """The same as :class:`Suggestion`; what left the market in the meantime is left out."""
    offers = Listing.objects.public().select_related("region", "sector")
    offers = offers.defer("search_nl", "search_en")
    offers = offers.in_bulk([one.offer for one in found if one.offer])
    organisations = Organisation.objects.active().select_related("region").defer("search")
    organisations = organisations.in_bulk([one.organisation for one in found])
    return [
        Suggestion(organisations[one.organisation], offers.get(one.offer), one.features, one.score)
        for one in found
        if one.organisation in organisations and (not one.offer or one.offer in offers)
    ]


def _who_did_it_before(need):
    """Of a need that repeats a match: its supplier, if it is still there and was not tried yet."""
    if not need.repeats_id:
        return []
    able = Organisation.objects.active().exclude(pk__in=tried(need)).select_related("region")
    able = able.exclude(pk__in=NotForUs.objects.suppliers_who_refused(need.pk))
    supplier = proven(able, need).filter(pk=need.repeats.organisation_id).first()
    if supplier is None:
        return []
    offers = Listing.objects.public().select_related("region", "sector")
    offer = offers.filter(pk=need.repeats.offer_id).first()
    features = parts(need, supplier, offer)
    return [Suggestion(supplier, offer, features, scoring.score(features, in_force()))]


def shared_out(needs, room=ON_A_SHORTLIST):
    """``{need: [organisation, ...]}`` by key, for many needs at once: attention goes round (:mod:`.fairness`)."""
    return shared_by_score({need.pk: scores_in_its_sector(need) for need in needs}, room)


def shared_by_score(asked, room=ON_A_SHORTLIST):
    """The same of ``{need: {organisation: score}}``, for the free places on each list; who had enough rests."""
    rooms = {need: max(0, room - taken) for need, taken in on_shortlists(asked).items()}
    everybody = {pk for scores in asked.values() for pk in scores}
    shown, resting = waiting(everybody), had_enough(everybody)
    able = {
        need: {pk: score for pk, score in scores.items() if pk not in resting}
        for need, scores in asked.items()
    }
    return fairness.shared_out(able, shown, rooms)


def scores_in_its_sector(need):
    """``{organisation: score}`` by key, of those whose very line of work it is; others only fill what stays empty."""
    return {pk: one.score for pk, one in weighed(need).items() if one.features["sector"] == 1.0}


def weighed(need):
    """``{organisation: Weighed}`` by key: everybody recalled, weighed; of each organisation its best."""
    prefetch_related_objects([need], "themes")
    note_what_is_close([need])
    need.theme_keys = [theme.pk for theme in need.themes.all()]
    question, weights = Question(need), in_force()
    offers, profiles = recalled(need, question, weights)
    pairs = [(offer.organisation_id, offer) for offer in offers] + [(o.pk, None) for o in profiles]
    answers = [*question.compared("offer", offers), *question.compared("organisation", profiles)]
    best = {}
    for (key, offer), whole, z in zip(pairs, [*offers, *profiles], answers, strict=True):
        features = parts(need, None if offer else whole, offer, text=squashed(z))
        made = Weighed(key, offer and offer.pk, features, scoring.score(features, weights))
        known = best.get(key)
        if known is None or made.score > known.score:
            best[key] = made
    return best


def parts(need, organisation, offer, text=UNKNOWN):
    """The numbers that the score of a pair is made of, each between 0 and 1."""
    place = offer.region if offer else organisation.region
    return {
        "sector": sector_fit(need, offer.sector_id) if offer else 1.0,
        "text": text,
        "near": near(km_between(need.region, place)),
        "offer": float(bool(offer)),
        "value": scoring.value_fit(need.value_cents, offer.value_cents if offer else None),
        "themes": share(_keys(need), _keys(offer, organisation)),
    }


def _keys(*things):
    """The ids of the themes of these, as they came with the recall or else by a query."""
    first = next(filter(None, things))
    if hasattr(first, "theme_keys"):
        return first.theme_keys
    return {theme.pk for thing in filter(None, things) for theme in thing.themes.all()}


def _in_order(found, most, favoured=()):
    """Who gets a place by a fair share first, and then the others as they score; who had enough rests."""
    shown, resting = waiting(found), had_enough(found)
    scores = {pk: made.score for pk, made in found.items() if pk not in resting}
    first = [pk for pk in favoured if pk in scores] or fairness.chosen(scores, shown, most)
    rated = [(pk, score, shown.get(pk, 0)) for pk, score in scores.items() if pk not in first]
    return [found[pk] for pk in [*first, *in_order(rated)]]


def _explained(need, suggestions, most):
    if need.asked_proofs:
        note_what_is_held([one.organisation for one in suggestions])
    prefetch_related_objects([one.organisation for one in suggestions], "themes", "sectors")
    prefetch_related_objects([one.offer for one in suggestions if one.offer], "themes")
    pairs = [(need.pk, one.organisation.pk, one.offer and one.offer.pk) for one in suggestions]
    near, found = nearness_of(pairs), 0
    for made, pair in zip(suggestions, pairs, strict=True):
        if found == most:
            return
        made.reasons = true_reasons(need, made.organisation, made.offer, near.get(pair))
        if any(map(is_about_it, made.reasons)):
            found += 1
            yield made
