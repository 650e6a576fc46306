"""What an organisation is, how it stands in the registry, and which standing is public."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from factory.graph import Graph


class Kind(models.TextChoices):
    """What sort of party it is."""

    ENTERPRISE = "enterprise", _("Social enterprise")
    INITIATIVE = "initiative", _("Neighbourhood initiative")
    BUSINESS = "business", _("Business")
    MUNICIPALITY = "municipality", _("Municipality")
    PROVINCE = "province", _("Province")
    PUBLIC = "public", _("Other public body")
    FUNDER = "funder", _("Funder")
    KNOWLEDGE = "knowledge", _("Knowledge institution")
    NETWORK = "network", _("Network")


class Form(models.TextChoices):
    """What the law calls it."""

    SOLE = "eenmanszaak", _("sole trader (eenmanszaak)")
    VOF = "vof", _("general partnership (vof)")
    BV = "bv", _("private company (bv)")
    NV = "nv", _("public company (nv)")
    FOUNDATION = "stichting", _("foundation (stichting)")
    ASSOCIATION = "vereniging", _("association (vereniging)")
    COOPERATIVE = "cooperatie", _("cooperative (coöperatie)")
    PARTNERSHIP = "maatschap", _("partnership (maatschap)")
    CV = "cv", _("limited partnership (cv)")
    PUBLIC = "publiek", _("public body")


class OrganisationState(models.TextChoices):
    LISTED = "listed", _("Listed, nobody has joined")
    APPLIED = "applied", _("Applied")
    IN_CHECK = "in_check", _("Being checked")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")
    MERGED = "merged", _("Merged with another")


S = OrganisationState
GRAPH = Graph(
    "partners.organisation",
    first=(S.APPLIED, S.LISTED),
    edges={
        S.LISTED: [S.ACTIVE, S.IN_CHECK, S.LEFT, S.MERGED],
        S.APPLIED: [S.IN_CHECK, S.LEFT, S.LISTED, S.MERGED],
        S.IN_CHECK: [S.ACTIVE, S.APPLIED, S.LEFT, S.LISTED, S.MERGED],
        S.ACTIVE: [S.SUSPENDED, S.LEFT, S.LISTED, S.MERGED],
        S.SUSPENDED: [S.ACTIVE, S.LEFT, S.LISTED],
        S.LEFT: [S.MERGED],
    },
    back={S.ACTIVE: [S.IN_CHECK], S.LEFT: [S.APPLIED, S.IN_CHECK]},
)


# Of whom the public sees a page. A listed name stays in sight while somebody's claim to it is checked.
PUBLIC = Q(state__in=[S.ACTIVE, S.LISTED]) | Q(
    state__in=[S.APPLIED, S.IN_CHECK], listed_at__isnull=False
)

# What stands in the same place in an address.
RESERVED = {
    "apply", "awards", "entries", "exact", "guests", "invitation", "lists", "matches", "new", "proof",
}  # fmt: skip


def slug_for(model, text):
    """A readable address that no other row has: ``broodnodig``, then ``broodnodig-7f3a``."""
    slug = slugify(text)[:120] or "x"
    taken = slug in RESERVED or model._base_manager.filter(slug=slug).exists()
    return f"{slug}-{secrets.token_hex(3)}" if taken else slug
