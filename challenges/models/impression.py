"""Which open calls the people of an organisation saw as fitting them, and what they said of it."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.not_for_them import NotForThem
from factory import clock
from partners.models import Organisation

A_WEEK, A_MONDAY = timedelta(days=7), datetime(2001, 1, 1, tzinfo=UTC)

ON_ITS_PAGE = ExpressionWrapper(Q(rank=None), BooleanField())


def week_of(moment):
    """The beginning of the week of ``moment``, inside a query."""
    week = (Value(A_WEEK), moment, Value(A_MONDAY))
    return Func(*week, function="date_bin", output_field=models.DateTimeField())


class CallImpressionQuerySet(models.QuerySet):
    """Impressions in the domain's words."""

    def of(self, organisation):
        return self.filter(organisation=organisation)

    def on_its_page(self, asked):
        """Those of a visit of the call's own page, or those of a desk, where it stood in an order."""
        return self.filter(rank__isnull=asked)

    def this_week(self):
        return self.alias(week=week_of(F("shown_at"))).filter(week=week_of(clock.THIS_INSTANT))


class CallImpression(models.Model):
    """A call and its parts as they were when somebody saw it: on their desk with its ``rank`` there, on its own page
    without. Once a week each.

    ``decision``: empty, or that it is not for them. Whether they enter is sealed, and not kept here.
    """

    class Decision(models.TextChoices):
        NOT_FOR_US = "not_for_us", _("not for us")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="impressions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField(null=True)
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
        constraints = [
            models.UniqueConstraint(
                F("organisation"),
                F("challenge"),
                ON_ITS_PAGE,
                week_of(F("shown_at")),
                name="call_impression_once_a_week",
            ),
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_at=None)
                | Q(decision="not_for_us", decided_at__isnull=False) & ~Q(reason=""),
                name="call_impression_decided_whole",
            ),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.organisation} · {self.rank}"
