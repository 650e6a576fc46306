"""Paid exploration: two or three teams look further into the same question, each for the same small fee."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models import invariants_of_exploring as invariants
from challenges.models.challenge import LONGEST, Challenge
from challenges.models.entry import Entry
from factory import clock
from factory.fields import MOST_CENTS


class Exploration(models.Model):
    """One team that explores: its fee, what it found, and when it was paid."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="explorations")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="exploration")
    cents = models.BigIntegerField(_("fee"))
    named_at = models.DateTimeField(default=clock.now, editable=False)
    result = models.TextField(_("what came of it"), max_length=LONGEST, blank=True)
    paid_date = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        verbose_name = _("exploration")
        verbose_name_plural = _("explorations")
        ordering = ["entry__number"]
        triggers = [
            invariants.FEE_IS_THE_SAME,
            invariants.FEE_IS_IN_THE_LEDGER,
            guards.kept_for_ever()[1],
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="exploration_fee_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.entry.number}. {self.entry.title}"
