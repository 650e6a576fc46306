"""How an organisation stands in the registry: its states, the steps between them, and which are public."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory.graph import Graph


class OrganisationState(models.TextChoices):
    LISTED = "listed", _("Listed, nobody has joined")
    APPLIED = "applied", _("Applied")
    IN_CHECK = "in_check", _("Being checked")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


S = OrganisationState
GRAPH = Graph(
    "partners.organisation",
    first=(S.APPLIED, S.LISTED),
    edges={
        S.LISTED: [S.ACTIVE, S.IN_CHECK, S.LEFT],
        S.APPLIED: [S.IN_CHECK, S.LEFT, S.LISTED],
        S.IN_CHECK: [S.ACTIVE, S.APPLIED, S.LEFT, S.LISTED],
        S.ACTIVE: [S.SUSPENDED, S.LEFT, S.IN_CHECK, S.LISTED],
        S.SUSPENDED: [S.ACTIVE, S.LEFT],
    },
)


# Of whom the public sees a page. A listed name stays in sight while somebody's claim to it is checked.
PUBLIC = Q(state__in=[S.ACTIVE, S.LISTED]) | Q(
    state__in=[S.APPLIED, S.IN_CHECK], listed_at__isnull=False
)
