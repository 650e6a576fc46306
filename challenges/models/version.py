"""How a challenge read at a moment that counts: sent in, more asked, approved, published."""

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person

# What everybody may read once it is public, and what only those whose it is and the coordinators read.
OPEN_TEXTS = (
    "title", "sentence", "problem", "sufferers", "causes", "tried", "success", "baseline", "bounds",
    "data", "envelope_cents", "co_funders", "budget_holder", "budget_holder_job", "explores_only",
    "adoption_by", "adoption_budget", "adoption_due_date",
    "who_may_enter", "property_terms", "confidentiality", "complaints", "questions_until",
    "answers_by", "deadline_at",
)  # fmt: skip
OWN_TEXTS = ("hoped_start_date", "mandate")
PUBLIC = ("publish", "rectify")


class VersionQuerySet(models.QuerySet):
    """Versions in the domain's words."""

    def visible_to(self, person):
        """What was public is everybody's; the others are of those whose it is, and the coordinators'."""
        public = Q(occasion__in=PUBLIC)
        if not person.is_authenticated:
            return self.filter(public)
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(public | Q(challenge__organisation__in=mine))


class Version(models.Model):
    """All texts as they were; kept for good."""

    class Occasion(models.TextChoices):
        SUBMIT = "submit", _("Sent in")
        ASK_FOR_MORE = "ask_for_more", _("More was asked")
        APPROVE = "approve", _("Approved")
        PUBLISH = "publish", _("Published")
        RECTIFY = "rectify", _("Corrected in public")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=12, choices=Occasion)
    texts = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["number"]
        triggers = [
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(
                    occasion__in=["submit", "ask_for_more", "approve", "publish", "rectify"]
                ),
                name="version_occasion_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_occasion_display()}"


def texts_of(challenge):
    """All that a version keeps, as JSON knows it."""
    return {name: _said(getattr(challenge, name)) for name in (*OPEN_TEXTS, *OWN_TEXTS)}


def _said(value):
    return value.isoformat() if isinstance(value, date | datetime) else value
