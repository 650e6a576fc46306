"""By which instrument a challenge is awarded: a prize, a subsidy, an order. Rows, not code."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.taxonomy import Named


class InstrumentQuerySet(models.QuerySet):
    """Instruments in the domain's words."""

    def on(self, day):
        """Those by which something can be awarded on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Instrument(Named):
    """What kind of award it is, and what that asks of the way to it; the days it holds and its source."""

    class Period(models.TextChoices):
        STANDSTILL = "standstill", _("standstill")
        OBJECTION = "objection", _("time to object")
        NONE = "none", _("no waiting time")

    class Disclosure(models.TextChoices):
        PUBLIC = "public", _("who enters is public after the deadline")
        PRIVATE = "private", _("who enters is not public")
        ANONYMOUS = "anonymous", _("the jury reads without names until its verdict")

    about_nl = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    period = models.CharField(max_length=10, choices=Period)
    disclosure = models.CharField(max_length=10, choices=Disclosure, default=Disclosure.PRIVATE)
    wants_lawyer = models.BooleanField(default=True)
    allows_changes = models.BooleanField(default=False, db_default=False)  # of what was sent in
    is_ready = models.BooleanField(default=False)  # its gates and letters are built and tested
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    source_url = models.URLField(blank=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("award instrument")
        verbose_name_plural = _("award instruments")
        constraints = [
            models.CheckConstraint(
                condition=Q(period__in=["standstill", "objection", "none"]),
                name="instrument_period_is_known",
            ),
            models.CheckConstraint(
                condition=Q(disclosure__in=["public", "private", "anonymous"]),
                name="instrument_disclosure_is_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="instrument_days_in_order",
            ),
        ]
