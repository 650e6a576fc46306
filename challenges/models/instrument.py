"""By which instrument a challenge is awarded: a prize, a subsidy, an order. Rows, not code."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.invariants import REFUSED
from partners.models.taxonomy import Named

OF_ITS_WAY = ("period", "disclosure", "allows_changes")

# What a public challenge was opened with is what its entrants were promised.
IN_USE_STANDS = pgtrigger.Trigger(
    name="in_use_stands",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf(*OF_ITS_WAY),
    func=f"""IF (NEW.period, NEW.disclosure, NEW.allows_changes)
            IS DISTINCT FROM (OLD.period, OLD.disclosure, OLD.allows_changes)
        AND EXISTS (SELECT 1 FROM challenges_challenge c
            WHERE c.instrument_id = OLD.id AND c.published_at IS NOT NULL)
        THEN {REFUSED.format("instrument_in_use_stands")} END IF; RETURN NEW;""",  # noqa: S608 - our own words
)


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

    about_nl = models.TextField(_("about it, in Dutch"), blank=True)
    about_en = models.TextField(_("about it, in English"), blank=True)
    period = models.CharField(_("term after the decision"), max_length=10, choices=Period)
    disclosure = models.CharField(
        _("who knows who entered"), max_length=10, choices=Disclosure, default=Disclosure.PRIVATE
    )
    wants_lawyer = models.BooleanField(_("a lawyer looks at it"), default=True)
    allows_changes = models.BooleanField(
        _("finalists may change their plan"), default=False, db_default=False
    )  # of what was sent in
    is_ready = models.BooleanField(
        _("built and tested"), default=False
    )  # its gates and letters are built and tested
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), blank=True)

    OF_ITS_WAY = OF_ITS_WAY

    objects = InstrumentQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("award instrument")
        verbose_name_plural = _("award instruments")
        triggers = [IN_USE_STANDS]
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

    @property
    def is_in_use(self):
        """Whether a challenge was opened with it."""
        return self.challenges.filter(published_at__isnull=False).exists()
