"""What the jury lays down: of each entry what is strong and what is weak, and its report."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_deciding as invariants
from challenges.models.challenge import Challenge
from challenges.models.entry import Entry
from factory import clock
from factory.fields import MOST_CENTS
from partners.models import Person

LONGEST = 2000
LONGEST_REPORT = 20_000


class Finding(models.Model):
    """What the jury found of one entry, what it proposes for it, and why."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="findings")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="finding")
    strong = models.TextField(_("what is strong"), max_length=LONGEST, blank=True)
    weak = models.TextField(_("what is weak"), max_length=LONGEST, blank=True)
    reason = models.TextField(_("why this outcome"), max_length=LONGEST, blank=True)
    cents = models.BigIntegerField(_("proposed amount"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the reserve"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["entry__number"]
        triggers = [invariants.FINDING_STANDS]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "place"],
                condition=Q(place__isnull=False),
                name="finding_one_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1, cents__isnull=True),
                name="finding_reserve_or_award",
            ),
            models.CheckConstraint(
                condition=Q(cents=None) | Q(cents__gt=0, cents__lte=MOST_CENTS),
                name="finding_amount_in_range",
            ),
        ]

    def __str__(self):
        return str(self.entry)


class Proposal(models.Model):
    """The report of the jury; and why nobody gets an award, if nobody does."""

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="proposal")
    report = models.TextField(_("report of the jury"), max_length=LONGEST_REPORT, blank=True)
    no_award = models.TextField(_("why nobody gets an award"), max_length=LONGEST, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("proposal of the jury")
        verbose_name_plural = _("proposals of the jury")
        triggers = [invariants.PROPOSAL_STANDS]

    def __str__(self):
        return str(self.challenge)
