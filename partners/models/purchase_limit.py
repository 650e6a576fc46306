"""Up to what amount a buyer may order one-to-one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import MOST_CENTS
from partners.models.merging import points_at_nobody_merged
from partners.models.organisation import Organisation


class PurchaseLimitQuerySet(models.QuerySet):
    """Limits in the domain's words."""

    def cannot_begin(self, organisation, day):
        """Why no limit of this organisation can begin on this day, in words; empty if one can.

        What held until today was the limit of those days; only days without one can still get one.
        """
        today, held = clock.today(), organisation.purchase_limit(day)
        if held is None or day > today or (day == today and held.valid_from < day):
            return ""
        words = _("A limit of %(day)s stands and stays as it is. Choose today or a later day.")
        return words % {"day": f"{held.valid_from:%d-%m-%Y}"}


class PurchaseLimit(models.Model):
    """Up to what amount an organisation may order one-to-one, since when, and where that is written."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="purchase_limits")
    cents = models.BigIntegerField(_("amount in euro cents"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    policy_url = models.URLField(_("link to the policy"), blank=True)

    objects = PurchaseLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase limit")
        verbose_name_plural = _("purchase limits")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="purchase_limit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="purchase_limit_in_range"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="purchase_limit_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.cents}"

    def holds_on(self, day):
        """Whether this day lies within its days."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
