"""Who said that a challenge is not for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Organisation
from partners.models.merging import points_at_nobody_merged


class NotForThem(models.Model):
    """An organisation's word that a challenge is not for it; taken away when it says so."""

    class Reason(models.TextChoices):
        """Neutral codes."""

        NO_FIT = "no_fit", _("it is not what we do")
        CAPACITY = "capacity", _("no room at the moment")
        DISTANCE = "distance", _("too far away")
        TIMING = "timing", _("the dates do not work")
        EFFORT = "effort", _("it takes too much for what it may bring")
        RULE = "rule", _("we may not take part")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="refused_by")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="calls_refused")
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("challenge that is not for them")
        verbose_name_plural = _("challenges that are not for them")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "organisation"], name="not_for_them_once"),
            models.CheckConstraint(
                condition=Q(
                    reason__in=["no_fit", "capacity", "distance", "timing", "effort", "rule"]
                ),
                name="not_for_them_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.challenge}"
