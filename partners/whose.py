"""For which organisation somebody reads, and whether they may speak for it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Value, When

from partners.models import Membership, Organisation

VIEWER = Membership.Role.VIEWER
ROLES = [Membership.Role.OWNER, Membership.Role.EDITOR, VIEWER]


def organisation_of(person):
    """The active organisation that somebody is most for: as owner, else editor, else onlooker.

    With the keys of its ``sector_keys`` and of the places where it works (``area_keys``), and the ``closeness``.
    """
    order = Case(*(When(memberships__role=r, then=Value(n)) for n, r in enumerate(ROLES)))
    mine = Organisation.objects.active().of(person).annotate(closeness=order, **_keys())
    mine = mine.select_related("region", "province").defer("search")
    return mine.order_by("closeness", "memberships__pk").first()


def decides(organisation):
    """Whether the person for whom :func:`organisation_of` found this decides for it."""
    return organisation is not None and organisation.closeness < ROLES.index(VIEWER)


def _keys():
    """The sectors and the places of an organisation, in the query that fetches it."""
    sectors = Organisation.sectors.through.objects.filter(organisation=OuterRef("pk"))
    areas = Organisation.works_in.through.objects.filter(organisation=OuterRef("pk"))
    return {
        "sector_keys": ArraySubquery(sectors.values("sector")),
        "area_keys": ArraySubquery(areas.values("region")),
    }
