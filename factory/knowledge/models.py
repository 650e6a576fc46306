"""What we know: norms (amounts and rules) with the days they hold and their source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock


class NormQuerySet(models.QuerySet):
    """Norms in the domain's words."""

    def on(self, day):
        """The rows in force on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def value(self, code, day=None):
        """The whole-number value of ``code`` on ``day`` (today by default); raises DoesNotExist."""
        rows = self.on(day or clock.today()).filter(code=code)
        value = rows.order_by("-valid_from").values_list("value", flat=True).first()
        if value is None:
            raise Norm.DoesNotExist(f"No norm {code} is in force.")
        return value


class Norm(models.Model):
    """An amount or a rule of law or of the house, with the days it holds and its source."""

    class Unit(models.TextChoices):
        CENTS = "cents", _("euro cents")
        BASIS_POINTS = "bp", _("hundredths of a percent")
        DAYS = "days", _("days")

    code = models.SlugField(max_length=60)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=5, choices=Unit)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    source_url = models.URLField(blank=True)

    objects = NormQuerySet.as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="norm_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="norm_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.code} = {self.value} {self.unit}"
