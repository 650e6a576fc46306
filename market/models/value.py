"""What matches are worth: every amount as it was noted, and what of it has become public."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models import Region, Sector

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Measure(models.TextChoices):
    """Three amounts that are never added to each other."""

    ESTIMATED = "estimated", _("Estimated")
    AGREED = "agreed", _("Agreed")
    REALISED = "realised", _("Realised")


def known_measure(name):
    return models.CheckConstraint(condition=Q(measure__in=Measure.values), name=name)


class ValueQuerySet(models.QuerySet):
    """Amounts in the domain's words."""

    def note(self, match, measure, cents, at):
        """Write down what a match is worth from now on; None takes it off.

        The year, the province and the sector stay those of the first note, whatever becomes of the need.
        """
        before = self.filter(match=match, measure=measure).order_by("-pk").first()
        if cents == (before and before.cents):
            return None
        place = before or match.need
        return self.create(
            match=match,
            measure=measure,
            cents=cents,
            at=at,
            year=before.year if before else timezone.localdate(at).year,
            province_id=place.province_id,
            sector_id=place.sector_id,
        )

    def latest(self, before):
        """The last note of each match and measure before a moment, taken-off ones too."""
        rows = self.filter(at__lt=before).order_by("measure", "match", "-pk")
        return rows.distinct("measure", "match")


class Value(models.Model):
    """One amount of one match, as it was noted. A later note replaces it from that moment on."""

    Measure = Measure

    match = models.ForeignKey("market.Match", models.PROTECT, related_name="values")
    measure = models.CharField(max_length=10, choices=Measure)
    cents = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    province = models.ForeignKey(Region, models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")

    objects = ValueQuerySet.as_manager()

    class Meta:
        constraints = [
            known_measure("value_measure_is_known"),
            models.CheckConstraint(
                condition=Q(cents=None) | Q(cents__gt=0), name="value_is_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["measure", "match", "-id"], name="value_latest")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.measure} of match {self.match_id}"


class Closing(models.Model):
    """A month that was closed: what was noted until the end of this day has been counted."""

    day = models.DateField(unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"closing of {self.day}"


class Share(models.Model):
    """What a closing adds to the public figures for one match: an equal part of its group's sum.

    ``group`` is the id of the value of the group's first match; ``number`` is 1 when the match comes in, -1
    when it goes out and 0 when its part changes. ``value`` is the note that was counted.
    """

    Measure = Measure

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="shares")
    measure = models.CharField(max_length=10, choices=Measure)
    group = models.BigIntegerField()
    value = models.ForeignKey(Value, models.PROTECT, related_name="shares")
    match = models.ForeignKey("market.Match", models.PROTECT, related_name="shares")
    number = models.SmallIntegerField()
    cents = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    province = models.ForeignKey(Region, models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")

    class Meta:
        constraints = [known_measure("share_measure_is_known")]
        indexes = [models.Index(fields=["measure", "match", "-id"], name="share_latest")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"share of match {self.match_id} in the {self.measure} amounts"
