"""Weeks in which people are away: school holidays by region, and the recess of councils."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation


class ClosureQuerySet(models.QuerySet):
    """Closures in the domain's words."""

    def for_challenge(self, challenge):
        """Those of its part of the country and of its own organisation."""
        where = Q(region="") | Q(region__in=regions_of(challenge.province.code))
        whose = Q(organisation=None) | Q(organisation=challenge.organisation_id)
        return self.filter(where, whose).order_by("first_date")


# Which provinces lie in which part of the country; two have both, and then both count.
HOLIDAY_REGIONS = {
    "PV20": ["noord"],
    "PV21": ["noord"],
    "PV22": ["noord"],
    "PV23": ["noord"],
    "PV24": ["noord", "midden"],
    "PV27": ["noord"],
    "PV25": ["midden", "zuid"],
    "PV26": ["midden"],
    "PV28": ["midden"],
    "PV29": ["zuid"],
    "PV30": ["zuid"],
    "PV31": ["zuid"],
}


def regions_of(province):
    """The holiday regions of a province, by its code."""
    return HOLIDAY_REGIONS.get(province, ["noord", "midden", "zuid"])


class Closure(models.Model):
    """A closed stretch of days, for everybody, for a part of the country or for one organisation."""

    class Region(models.TextChoices):
        EVERYWHERE = "", _("everywhere")
        NORTH = "noord", _("north")
        MIDDLE = "midden", _("middle")
        SOUTH = "zuid", _("south")

    class Kind(models.TextChoices):
        AUTUMN = "autumn", _("autumn holiday")
        CHRISTMAS = "christmas", _("Christmas holiday")
        SPRING = "spring", _("spring holiday")
        MAY = "may", _("May holiday")
        SUMMER = "summer", _("summer holiday")
        RECESS = "recess", _("recess of the council")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    region = models.CharField(_("region"), max_length=6, choices=Region, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("organisation"),
    )
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"))
    is_estimated = models.BooleanField(
        _("an estimate"), default=False, db_default=False
    )  # nobody has set these days: it is usually about then
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="closure_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(region__in=["", "noord", "midden", "zuid"]),
                name="closure_region_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["autumn", "christmas", "spring", "may", "summer", "recess"]),
                name="closure_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["kind", "region", "organisation", "first_date"],
                nulls_distinct=False,
                name="closure_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.first_date}"
