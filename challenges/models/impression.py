"""Which open calls the people of an organisation saw as fitting them, and what they said of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.not_for_them import NotForThem
from factory import clock
from partners.models import Organisation

A_WEEK = timedelta(days=7)


class CallImpressionQuerySet(models.QuerySet):
    """Impressions in the domain's words."""

    def of(self, organisation):
        return self.filter(organisation=organisation)

    def lately(self):
        return self.filter(shown_at__gt=clock.THIS_INSTANT - A_WEEK)


class CallImpression(models.Model):
    """A call with its rank, and its parts as they were when somebody saw it; once a week for each call.

    ``decision``: empty, or that it is not for them. Whether they enter is sealed, and not kept here.
    """

    class Decision(models.TextChoices):
        NOT_FOR_US = "not_for_us", _("not for us")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="impressions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    features = models.JSONField(default=dict)
    shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    shown_at = models.DateTimeField(default=clock.now, editable=False)
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    reason = models.CharField(max_length=12, choices=NotForThem.Reason, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CallImpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("impression of a call")
        verbose_name_plural = _("impressions of calls")
        indexes = [
            models.Index(
                fields=["organisation", "challenge", "shown_at"], name="call_impression_of"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_at=None)
                | Q(decision="not_for_us", decided_at__isnull=False) & ~Q(reason=""),
                name="call_impression_decided_whole",
            ),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.organisation} · {self.rank}"
