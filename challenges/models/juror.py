"""Who judges."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_coaching
from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person


class JurorQuerySet(models.QuerySet):
    """Seats in the domain's words."""

    def asked(self):
        """Those who have not said yes or no yet."""
        return self.filter(said_yes_at=None, said_no_at=None)

    def seated(self):
        """Those who said yes."""
        return self.filter(said_yes_at__isnull=False)

    def standing(self):
        """Those who did not say no."""
        return self.filter(said_no_at=None)


class Juror(models.Model):
    """A person's seat in the jury of a challenge."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="jury")
    person = models.ForeignKey(Person, models.PROTECT, related_name="jury_seats")
    chairs = models.BooleanField(_("chairs the jury"), default=False, db_default=False)
    expertise = models.CharField(_("knows about"), max_length=120, blank=True)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    said_yes_at = models.DateTimeField(null=True, blank=True, editable=False)
    said_no_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["-chairs", "pk"]
        triggers = [invariants_of_coaching.NO_COACH_IN_THE_JURY]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "person"], name="juror_sits_once"),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(chairs=True, said_yes_at__isnull=False),
                name="juror_one_sits_as_chair",
            ),
            models.UniqueConstraint(  # beside who chairs: asked to take the chair over while it scores
                fields=["challenge"],
                condition=Q(chairs=True, said_yes_at=None),
                name="juror_one_asked_to_chair",
            ),
            models.CheckConstraint(
                condition=Q(said_yes_at=None) | Q(said_no_at=None), name="juror_says_yes_or_no"
            ),
        ]

    def __str__(self):
        return str(self.person)
