"""Places: provinces and municipalities with the days they exist and who came after them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock


class RegionQuerySet(models.QuerySet):
    """Places in the domain's words."""

    def on(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def current(self):
        return self.on(clock.today())

    def provinces(self):
        return self.filter(kind=Region.Kind.PROVINCE).order_by("name")

    def municipalities(self):
        return self.filter(kind=Region.Kind.MUNICIPALITY).order_by("name")

    def named(self, text):
        """By name or by a name people use, whatever the capitals; Bergen is two places."""
        text = text.strip()
        return self.filter(Q(name__iexact=text) | Q(aliases__contains=[text.lower()]))


class Region(models.Model):
    """A province or a municipality, keyed on its CBS code (PV26, GM0344)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        MUNICIPALITY = "municipality", _("municipality")

    code = models.CharField(_("code"), max_length=6, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    province = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("province"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("became part of"),
    )
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    coordinators = models.ManyToManyField(
        "partners.Person", blank=True, related_name="regions", verbose_name=_("coordinators")
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="province", province=None)
                | Q(kind="municipality", province__isnull=False),
                name="region_municipality_has_province",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="region_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="region_kind_name")]

    def __str__(self):
        return self.name

    @property
    def full_name(self):
        """The name with its kind, as Utrecht is both."""
        return f"{self.name} ({self.get_kind_display()})"
