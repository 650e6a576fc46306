"""For which organisation somebody reads, and whether they may speak for it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Value, When

from partners.models import MailDomain, Membership, Organisation

ROLES = list(Membership.Role)  # who is most for an organisation comes first
DECIDE = ROLES.index(Membership.Role.EDITOR)


def organisation_of(person):
    """The active organisation that somebody is most for: as owner, else editor, else writer, else onlooker.

    With the keys of its ``sector_keys`` and of the places where it works (``area_keys``), and the ``closeness``.
    """
    order = Case(*(When(memberships__role=r, then=Value(n)) for n, r in enumerate(ROLES)))
    mine = Organisation.objects.active().of(person).annotate(closeness=order, **_keys())
    mine = mine.select_related("region", "province").defer("search")
    return mine.order_by("closeness", "memberships__pk").first()


def decides(organisation):
    """Whether the person for whom :func:`organisation_of` found this decides for it."""
    return organisation is not None and organisation.closeness <= DECIDE


def join_by_address(person):
    """The organisations that somebody outside can join at once: on whose mail domain they have a verified address."""
    there = MailDomain.objects.of(person).values("organisation")
    states = [Organisation.State.LISTED, Organisation.State.ACTIVE]
    found = Organisation.objects.filter(pk__in=there, state__in=states)
    return found.exclude(memberships__person=person).defer("search").order_by("name", "pk")


def _keys():
    """The sectors and the places of an organisation, in the query that fetches it."""
    sectors = Organisation.sectors.through.objects.filter(organisation=OuterRef("pk"))
    areas = Organisation.works_in.through.objects.filter(organisation=OuterRef("pk"))
    return {
        "sector_keys": ArraySubquery(sectors.values("sector")),
        "area_keys": ArraySubquery(areas.values("region")),
    }
