"""What a juror declared about an entry before reading it: no interest, or a conflict."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import fairness
from challenges.models.entry import Entry
from challenges.models.juror import Juror
from factory import clock
from partners.models import Person


class InterestQuerySet(models.QuerySet):
    """Declarations in the domain's words."""

    def clear(self):
        """Of no conflict."""
        return self.filter(conflicted=False)

    def conflicted(self):
        return self.filter(conflicted=True)


class Interest(models.Model):
    """A juror's declaration about an entry. A conflict is never taken back."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="interests")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="interests")
    conflicted = models.BooleanField(_("has a conflict"))
    reason = models.CharField(_("which"), max_length=500, blank=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        triggers = [
            fairness.INTEREST_STANDS,
            fairness.CONFLICT_VOIDS,
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="interest_declared_once"),
        ]
        indexes = [
            models.Index(fields=["entry"], condition=Q(conflicted=True), name="interest_conflicts"),
        ]

    def __str__(self):
        return f"{self.juror} · {self.entry_id}"
