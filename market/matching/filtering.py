"""Who comes into question at all: decided in SQL, before anything is weighed."""

from django.db.models import F, Q

from market.matching.distances import squared_km_to
from market.models import Listing, Match, NotForUs
from partners.holding import holders_of
from partners.models import Organisation

# Named one by one, so that an index finds them.
NOT_ACTIVE = [state for state in Organisation.State if state != Organisation.State.ACTIVE]
VALUE_SPREAD = 10  # an offer of a tenth or of tenfold the amount is another kind of work
BUYERS_ONLY = [
    kind for kind, shape in Organisation.SHAPES.items() if shape == "overheid"
]  # a public body is asked in person, not suggested
# Who was stood down as the need was gone may be asked again when it returns, and who went from a list as words changed.
# What a side refused stands in a row of its own, and may be taken back.
NOT_THEIR_DOING = Q(
    state=Match.State.LAPSED,
    reason__in=["filled", "withdrawn", "gone", "taken_down", "not_for_us", "no_fit"],
)


def offers_for(need):
    """Live offers of active others that reach the need's place and amount, not tried yet."""
    return offers_reaching(need).exclude(organisation__in=tried(need))


def offers_reaching(need):
    """Live offers of active others that reach the need's place and amount, and that neither side refused.

    Only of who holds the recognitions that the need asks for.
    """
    offers = Listing.objects.live().offers()
    # Those who are not in good standing are few; to look at each who is takes longest of all.
    offers = offers.exclude(
        organisation__in=Organisation.objects.filter(state__in=NOT_ACTIVE).values("pk")
    )
    offers = offers.exclude(organisation=need.organisation_id)
    offers = offers.exclude(organisation__in=NotForUs.objects.suppliers_who_refused(need.pk))
    offers = offers.exclude(pk__in=NotForUs.objects.offers_refused_by(need.organisation_id))
    offers = offers.alias(squared_km=squared_km_to(need.region)).filter(
        Q(nationwide=True)
        | Q(reach_km=None, province=need.province_id)
        | Q(squared_km__lte=F("reach_km") * F("reach_km"))
    )
    offers = proven(offers, need, "organisation")
    return offers.filter(_about(need.value_cents)) if need.value_cents else offers


def organisations_for(need):
    """The keys of active others that say they work in the need's sector and place, and were not tried yet."""
    # Two ways that an index each knows; "or" between them would look at everybody in the country.
    settled, working = (able.exclude(pk__in=tried(need)) for able in organisations_near(need))
    return settled.values_list("pk", flat=True).union(working.values_list("pk", flat=True))


def organisations_near(need):
    """(those settled in the province, those that work there), in the need's sector, that neither side refused."""
    able = (
        proven(Organisation.objects.active(), need)
        .filter(sectors=need.sector_id)
        .exclude(kind__in=BUYERS_ONLY)
        .exclude(pk=need.organisation_id)
        .exclude(pk__in=NotForUs.objects.suppliers_who_refused(need.pk))
    )
    places = [need.region_id, need.province_id]
    here = Organisation.works_in.through.objects.filter(region__in=places).values("organisation")
    return able.filter(province=need.province_id), able.filter(pk__in=here)


def proven(rows, need, organisation="pk"):
    """Those of these rows whose organisation holds all the recognitions that the need asks for."""
    for proof in need.asked_proofs:
        rows = rows.filter(**{f"{organisation}__in": holders_of(proof)})
    return rows


def tried(need):
    """The organisations with a match for this need that is open, done or refused.

    Not those on the shortlist of a need that is ``chosen_anew``: they are weighed beside the others.
    """
    rows = need.matches.exclude(NOT_THEIR_DOING)
    rows = rows.exclude(state=Match.State.SUGGESTED) if need.chosen_anew else rows
    return rows.values("organisation")


def _about(cents):
    low, high = cents // VALUE_SPREAD, cents * VALUE_SPREAD
    return Q(value_cents=None) | Q(value_cents__range=(low, high))
