"""The states of a listing, and the only ways between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from factory.graph import Graph


class ListingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LIVE = "live", _("On the market")
    PAUSED = "paused", _("Paused")
    EXPIRED = "expired", _("Expired")
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TAKEN_DOWN = "taken_down", _("Taken down")


S = ListingState
GRAPH = Graph(
    "market.listing",
    first=(S.DRAFT,),
    edges={
        S.DRAFT: [S.LIVE, S.WITHDRAWN],
        S.LIVE: [S.PAUSED, S.EXPIRED, S.FILLED, S.WITHDRAWN, S.TAKEN_DOWN],
        S.PAUSED: [S.LIVE, S.FILLED, S.WITHDRAWN],
        S.EXPIRED: [S.LIVE, S.WITHDRAWN],
        S.FILLED: [S.LIVE],
        S.WITHDRAWN: [S.LIVE],
        S.TAKEN_DOWN: [S.LIVE],
    },
    back={S.FILLED: [S.PAUSED]},
)
