"""Where the money of a challenge stands: pledged, reserved, awarded, paid. Lines are only added."""

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.award import Award
from challenges.models.challenge import Challenge
from challenges.models.exploration import Exploration
from factory import clock
from factory.fields import MOST_CENTS
from partners.models import Organisation


class LedgerLineQuerySet(models.QuerySet):
    """Lines in the domain's words."""

    def sums(self):
        """``{kind: cents}``, zero where nothing was noted."""
        found = dict(self.order_by().values_list("kind").annotate(Sum("cents")))
        return {str(kind): found.get(str(kind), 0) for kind in LedgerLine.Kind}


class LedgerLine(models.Model):
    """An amount that was pledged, reserved, awarded or paid; below zero where that was undone."""

    class Kind(models.TextChoices):
        PLEDGED = "pledged", _("pledged")
        RESERVED = "reserved", _("reserved")
        AWARDED = "awarded", _("awarded")
        PAID = "paid", _("paid")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="ledger")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    cents = models.BigIntegerField(_("amount"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="lines")
    exploration = models.ForeignKey(
        Exploration, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    at = models.DateTimeField(default=clock.now)

    objects = LedgerLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        ordering = ["at", "pk"]
        triggers = [*guards.kept_for_ever("organisation"), guards.LEDGER_IN_ORDER]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pledged", "reserved", "awarded", "paid"]),
                name="ledger_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(cents=0) & Q(cents__gte=-MOST_CENTS, cents__lte=MOST_CENTS),
                name="ledger_amount_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.cents}"
