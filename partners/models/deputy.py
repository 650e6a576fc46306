"""Who stands in for a coordinator, in which province, and on which days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from factory.clock import THIS_DAY
from partners.models.person import Person
from partners.models.region import Region


class Days(models.Func):
    """Two dates as one range, both days within."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class DeputyQuerySet(models.QuerySet):
    """Deputies in the domain's words."""

    def today(self):
        return self.filter(from_date__lte=THIS_DAY, until_date__gte=THIS_DAY)


class Deputy(models.Model):
    """For these days the deputy answers for a province in the place of its coordinator."""

    region = models.ForeignKey(
        Region, models.CASCADE, related_name="deputies", verbose_name=_("province")
    )
    coordinator = models.ForeignKey(
        Person, models.CASCADE, related_name="replaced", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        Person, models.CASCADE, related_name="deputising", verbose_name=_("who stands in")
    )
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until and including"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="deputy_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(coordinator=F("deputy")), name="deputy_is_somebody_else"
            ),
            ExclusionConstraint(
                name="deputy_one_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("coordinator", RangeOperators.EQUAL),
                    (Days("from_date", "until_date"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody stands in already on one of these days."),
            ),
        ]
        indexes = [models.Index(fields=["until_date"], name="deputy_until")]

    def __str__(self):
        return f"{self.deputy} · {self.region}"

    def clean(self):
        """Only for who coordinates there, and only by another coordinator."""
        known = self.region_id and self.coordinator_id and self.deputy_id
        if known and not self.region.coordinators.filter(pk=self.coordinator_id).exists():
            raise ValidationError({"coordinator": _("This coordinator has another province.")})
        if known and not (self.deputy.is_staff and self.deputy.is_active):
            raise ValidationError({"deputy": _("Only a coordinator can stand in.")})


def answering(provinces):
    """Who answers for these provinces today: in the place of whoever is away, their deputy.

    ``provinces``: ids, or a query that gives them.
    """
    today = Deputy.objects.today()
    own = Region.coordinators.through.objects.filter(
        person=OuterRef("pk"), region__in=provinces
    ).exclude(Exists(today.filter(region=OuterRef("region"), coordinator=OuterRef("person"))))
    standing_in = today.filter(region__in=provinces, deputy=OuterRef("pk"))
    return Person.objects.coordinators().filter(Exists(own) | Exists(standing_in))


def coordinators_of(provinces):
    """As :func:`answering`; all coordinators where nobody in particular answers."""
    found = answering(provinces)
    return found if found.exists() else Person.objects.coordinators()


def provinces_of(person):
    """The ids of the provinces a coordinator answers for, as a deputy too; empty is everywhere."""
    if person.seats is not None:
        return person.provinces or []
    return list(provinces_answered(person.pk).values_list("pk", flat=True))


def provinces_answered(coordinator):
    """The provinces of a coordinator: an id, or where it stands as seen from two queries further in."""
    own = Region.coordinators.through.objects.filter(person=coordinator)
    deputising = Deputy.objects.today().filter(deputy=coordinator)
    found = Region.objects.filter(
        Q(pk__in=own.values("region")) | Q(pk__in=deputising.values("region")) & Exists(own)
    )
    return found.order_by("pk")
