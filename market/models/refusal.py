"""What somebody said is not for their organisation: from then on it is not suggested to them, nor they for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from market.models.listing import Listing
from market.models.match import Reason
from partners.models import Organisation
from partners.models.merging import points_at_nobody_merged

OFFERED = (
    Reason.NO_FIT,
    Reason.PRICE,
    Reason.CAPACITY,
    Reason.DISTANCE,
    Reason.TIMING,
    Reason.PROOF,
    Reason.RULE,
)


class NotForUsQuerySet(models.QuerySet):
    """Refusals in the domain's words."""

    def of(self, organisation):
        return self.filter(organisation=organisation)

    def offers_refused_by(self, buyer):
        """The offers that a buyer does not want to see."""
        return self.of(buyer).values("listing")

    def suppliers_who_refused(self, need):
        """The organisations that do not want to hear of a need."""
        return self.filter(listing=need).values("organisation")


class NotForUs(models.Model):
    """An organisation's word that a need or an offer of others is not for it; taken away when it says so."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="refused")
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="refused_by")
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = NotForUsQuerySet.as_manager()

    class Meta:
        verbose_name = _("not for us")
        verbose_name_plural = _("not for us")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "listing"], name="not_for_us_once"),
            models.CheckConstraint(
                condition=Q(reason__in=[str(r) for r in OFFERED]), name="not_for_us_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.listing}"
