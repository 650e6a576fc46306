"""A round of suggestions over many needs at once, which a coordinator asked for and the worker goes through."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from market.models.listing import Listing
from partners.models import Person


class SuggestionRound(models.Model):
    """One round, with how fair it was once it is done.

    ``able``: the organisations that could answer any of its needs. ``taken_at``: when a worker last had it in hand.
    """

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    is_done = models.BooleanField(default=False)
    able = ArrayField(models.BigIntegerField(), default=list)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("round of suggestions")
        verbose_name_plural = _("rounds of suggestions")
        get_latest_by = "pk"
        constraints = [
            models.UniqueConstraint(
                fields=["is_done"], condition=Q(is_done=False), name="round_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_done=False, done_at=None)
                | Q(is_done=True, done_at__isnull=False, done_at__gte=F("asked_at")),
                name="round_done_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class RoundNeed(models.Model):
    """One need of a round; what its list is worth beside the best it could be, once it was looked at."""

    round = models.ForeignKey(SuggestionRound, models.CASCADE, related_name="needs")
    need = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    looked_at = models.DateTimeField(null=True)
    kept = models.FloatField(default=0.0)
    best = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "need"], name="round_need_once"),
            models.CheckConstraint(
                condition=Q(kept__gte=0, best__gte=0), name="round_need_worth_something"
            ),
        ]
        indexes = [
            models.Index(
                fields=["round", "number"], condition=Q(looked_at=None), name="round_to_look_at"
            )
        ]

    def __str__(self):
        return f"{self.round} · {self.need}"
