"""A change to a challenge that is already public: what it was, what it became, and whether it gave more time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person


class Rectification(models.Model):
    """One change of a public challenge. Everybody can read it beside the text that holds now."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="rectifications")
    version = models.PositiveIntegerField()
    reason = models.TextField(_("reason"), max_length=2000)
    changes = models.JSONField()  # [{"name", "old", "new"}]: public words, old and new
    is_material = models.BooleanField()
    old_deadline_at = models.DateTimeField()
    new_deadline_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    xact = models.BigIntegerField(
        db_default=models.Func(function="txid_current", output_field=models.BigIntegerField())
    )

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ["-at", "-pk"]
        triggers = [*guards.kept_for_ever("by"), guards.RECTIFICATION_IS_TRUE]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "version"], name="rectification_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="rectification_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_material=False) & Q(new_deadline_at__gte=F("old_deadline_at"))
                | Q(new_deadline_at__gt=F("old_deadline_at")),
                name="rectification_gives_time_if_material",
            ),
        ]

    def __str__(self):
        return f"{self.challenge} {self.version}"
