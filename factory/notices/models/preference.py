"""How soon somebody must know, and how much of it they want by mail."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DIGEST = "digest"  # the topic of the weekly mail itself


class Urgency(models.TextChoices):
    """How soon somebody must know."""

    CLOCK = "clock", _("has a date or a legal term: always at once")
    ASK = "ask", _("waits for your answer")
    NEWS = "news", _("good to know")


class Preference(models.Model):
    """How much a person wants to hear, in words a person understands."""

    class Preset(models.TextChoices):
        EVERYTHING = "everything", _("Everything, at once")
        NEEDS_ME = "needs_me", _("What needs me at once, the rest once a week")
        WEEKLY = "weekly", _("Once a week; only what has a date at once")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference"
    )
    preset = models.CharField(max_length=12, choices=Preset, default=Preset.NEEDS_ME)
    muted = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(preset__in=["everything", "needs_me", "weekly"]),
                name="preference_preset_is_known",
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.preset}"

    def mutes(self, topic, urgency):
        """Whether mail about this topic is off; what has a date cannot be turned off."""
        return urgency != Urgency.CLOCK and topic in self.muted

    def mute(self, topic, *, off):
        """Turn mail about a topic off, or on again."""
        self.muted = [code for code in self.muted if code != topic] + ([topic] if off else [])
        self.save()
