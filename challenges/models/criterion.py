"""On what entries are judged."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge

LOWEST, HIGHEST = 1, 10  # the scale on which jurors score, as school marks


class Criterion(models.Model):
    """A question that every juror answers with a mark, its weight and what the marks mean."""

    class ScoredAt(models.TextChoices):
        TEXT = "text", _("on the text")
        PITCH = "pitch", _("at the pitch")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="criteria")
    title = models.CharField(_("criterion"), max_length=80)
    text = models.TextField(_("what it asks"), max_length=1000, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    low = models.CharField(_("a 2 means"), max_length=280, blank=True)
    middle = models.CharField(_("a 6 means"), max_length=280, blank=True)
    high = models.CharField(_("a 10 means"), max_length=280, blank=True)
    minimum = models.PositiveSmallIntegerField(_("lowest mark"), null=True, blank=True)
    scored_at = models.CharField(
        _("scored"), max_length=5, choices=ScoredAt, default=ScoredAt.TEXT, db_default="text"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        triggers = [guards.CRITERIA_ARE_FROZEN, guards.CRITERIA_STILL_SUM_TO_100]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100), name="criterion_weight_in_range"
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(minimum__gte=LOWEST, minimum__lte=HIGHEST),
                name="criterion_minimum_in_range",
            ),
            models.CheckConstraint(
                condition=Q(scored_at__in=["text", "pitch"]), name="criterion_scored_at_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def has_anchors(self):
        """Whether it says what some of the marks mean."""
        return bool(self.low or self.middle or self.high)
