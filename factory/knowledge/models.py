"""What we know: norms (amounts and rules) and holidays, with the days they hold and their source."""

from datetime import date, timedelta

from dateutil.easter import easter
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factory import clock

SUNDAY = 6


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

    def of(self, *codes, day=None):
        """The values of these codes on ``day`` (today by default), in one query; raises KeyError."""
        rows = self.on(day or clock.today()).filter(code__in=codes).order_by("valid_from")
        values = dict(rows.values_list("code", "value"))
        return [values[code] for code in codes]


class Norm(models.Model):
    """An amount or a rule of law or of the house, with the days it holds and its source."""

    class Unit(models.TextChoices):
        CENTS = "cents", _("euro cents")
        BASIS_POINTS = "bp", _("hundredths of a percent")
        DAYS = "days", _("days")

    code = models.SlugField(_("code"), max_length=60)
    value = models.BigIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=5, choices=Unit)
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(blank=True)

    objects = NormQuerySet.as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="norm_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="norm_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.code} = {self.value} {self.unit}"


ON_A_DATE = Q(month__isnull=False, day__isnull=False, from_easter=None, date=None)
BY_EASTER = Q(month=None, day=None, from_easter__isnull=False, date=None)
ONCE = Q(month=None, day=None, from_easter=None, date__isnull=False)


class Holiday(models.Model):
    """A day on which no term of law ends, or offices are closed, or both: every year by a rule, or once.

    It falls on a day of a month, so many days from Easter Sunday, or on one date alone.
    """

    code = models.SlugField(_("code"), max_length=60)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    from_easter = models.SmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    every = models.PositiveSmallIntegerField(default=1, db_default=1)  # years
    sunday_moves = models.SmallIntegerField(default=0, db_default=0)  # by so many days
    ends_no_term = models.BooleanField(_("no term ends on it"))
    closes_offices = models.BooleanField(_("offices are closed"))
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["valid_from", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="holiday_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="holiday_days_in_order",
            ),
            models.CheckConstraint(
                condition=ON_A_DATE | BY_EASTER | ONCE, name="holiday_falls_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(month=None)
                | Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31)
                & ~Q(month=2, day__gt=28)
                & ~Q(month__in=[4, 6, 9, 11], day=31),
                name="holiday_day_is_in_its_month",
            ),
            models.CheckConstraint(condition=Q(every__gte=1), name="holiday_every_so_many_years"),
            models.CheckConstraint(
                condition=Q(ends_no_term=True) | Q(closes_offices=True),
                name="holiday_counts_for_something",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="holiday_has_a_source"),
        ]

    def __str__(self):
        return self.code

    def in_year(self, year):
        """Its day in a year; None where it does not fall in it, or did not count then."""
        if year % self.every or (self.date and self.date.year != year):
            return None
        found = self.date or self._by_rule(year)
        if found.weekday() == SUNDAY:
            found += timedelta(days=self.sunday_moves)
        counts = self.valid_from <= found <= (self.valid_to or date.max)
        return found if counts else None

    def _by_rule(self, year):
        if self.from_easter is not None:
            return easter(year) + timedelta(days=self.from_easter)
        return date(year, self.month, self.day)
