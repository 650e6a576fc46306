"""Coaching of finalists: the same hours for each, who coaches whom, and how much of it was used."""

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models import invariants_of_coaching as invariants
from challenges.models.challenge import Challenge
from challenges.models.entry import Entry
from factory import clock
from partners.models import Person


class CoachingQuerySet(models.QuerySet):
    """Coachings in the domain's words."""

    def visible_to(self, person):
        """The staff see all; a coach their own, and an entrant that of their entry."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff and not person.is_looked_as:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(coach=person.pk) | Q(entry__organisation__in=mine))

    def with_used(self):
        """With ``used``: the minutes that were noted."""
        return self.annotate(used=Coalesce(Sum("times__minutes"), 0))


class Coaching(models.Model):
    """The offer to one finalist: so many hours, by this coach. Every finalist has the same."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="coachings")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="coaching")
    coach = models.ForeignKey(Person, models.PROTECT, related_name="coachings")
    hours = models.PositiveSmallIntegerField(_("hours offered"))
    begun_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coachings")
        ordering = ["entry__number"]
        triggers = [
            invariants.OFFER_IS_EQUAL,
            invariants.COACH_DOES_NOT_JUDGE,
            guards.kept_for_ever()[1],
        ]

    def __str__(self):
        return f"{self.entry.number}. {self.entry.title}"


class CoachedTime(models.Model):
    """Time in which a finalist was coached; below zero where more was noted than there was."""

    coaching = models.ForeignKey(Coaching, models.PROTECT, related_name="times")
    held_date = models.DateField(_("day"))
    minutes = models.SmallIntegerField(_("minutes"))
    note = models.CharField(_("about what"), max_length=280, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("coached time")
        verbose_name_plural = _("coached times")
        ordering = ["held_date", "pk"]
        triggers = [*guards.kept_for_ever("noted_by"), invariants.WITHIN_THE_OFFER]
        constraints = [
            models.CheckConstraint(
                condition=~Q(minutes=0) & Q(minutes__gte=-600, minutes__lte=600),
                name="coached_time_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.held_date}: {self.minutes}"
