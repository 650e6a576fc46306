"""For which organisation somebody looks at the market, with all that is asked of it in the query that finds it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from factory import clock
from market.matching.filtering import NOT_THEIR_DOING
from market.matching.weights import last_chosen
from market.models import Listing, Match
from partners.models import Organisation
from partners.whose import ROLES


def organisation_of(person):
    """The active organisation that somebody is most for: as owner, else editor, else writer, else onlooker."""
    order = Case(*(When(memberships__role=r, then=Value(n)) for n, r in enumerate(ROLES)))
    mine = to_compare(Organisation.objects.active().of(person)).annotate(closeness=order)
    return mine.order_by("closeness", "memberships__pk").first()


def to_compare(organisations):
    """With all that is asked of one's own organisation: where and in what it works, what it has, tried, weighs by."""
    rows = organisations.annotate(**_keys()).select_related("region", "province", "shelf")
    return rows.defer("search")


def _keys():
    """Each a list, in the query that fetches: sectors, places, themes, own listings, and pairs that were tried."""
    us = OuterRef("pk")
    sectors = Organisation.sectors.through.objects.filter(organisation=us)
    areas = Organisation.works_in.through.objects.filter(organisation=us)
    themes = Organisation.themes.through.objects.filter(organisation=us)
    own = Listing.objects.live().filter(organisation=us)
    tried = Match.objects.filter(Q(organisation=us) | Q(buyer=us), need__state=Listing.State.LIVE)
    tried = tried.exclude(NOT_THEIR_DOING).exclude(state=Match.State.SUGGESTED)
    return {
        "sector_keys": ArraySubquery(sectors.order_by("sector").values("sector")),
        "area_keys": ArraySubquery(areas.order_by("region").values("region")),
        "theme_marks": ArraySubquery(themes.order_by("theme").values("theme")),
        "own_keys": ArraySubquery(own.order_by("pk").values_list(_pair("pk", "version"))),
        "weighing": last_chosen(),
        "fetched_at": clock.THIS_INSTANT,
        "tried_pairs": ArraySubquery(tried.values_list(_pair("need", "organisation"))),
    }


def _pair(one, other):
    """Two numbers as ``"1:2"``."""
    return Concat(Cast(one, CharField()), Value(":"), Cast(other, CharField()))
