"""Several governments that own one challenge, each with a part of the envelope."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge
from factory import clock
from factory.fields import MOST_CENTS
from partners.models import Organisation
from partners.models.merging import points_at_nobody_merged


class CoOwner(models.Model):
    """An organisation's part of a shared envelope. It counts once its own budget holder has approved it."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="co_owners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="co_owned", verbose_name=_("organisation")
    )
    leads = models.BooleanField(default=False, db_default=False)  # whose challenge it is
    cents = models.BigIntegerField(_("part of the envelope"))
    approver = models.CharField(_("approved by"), max_length=120, blank=True)
    approval_number = models.CharField(_("decision number"), max_length=60, blank=True)
    approved_date = models.DateField(_("approved on"), null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("co-owner")
        verbose_name_plural = _("co-owners")
        ordering = ["-leads", "pk"]
        triggers = [
            guards.frozen("co_owner_is_frozen_from_the_approval_on", guards.CO_OWNER_MERGES),
            guards.KEEPS_THE_ENVELOPE,
            points_at_nobody_merged(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"], name="co_owner_pledges_once"
            ),
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(leads=True), name="co_owner_one_leads"
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="co_owner_pledge_in_range"
            ),
            models.CheckConstraint(
                condition=Q(approved_date=None)
                | Q(approved_date__isnull=False) & ~Q(approver="") & ~Q(approval_number=""),
                name="co_owner_approved_by_name_and_number",
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def counts(self):
        """Whether its part is in the envelope."""
        return self.leads or self.approved_date is not None
