"""What becomes of it after the pilot: a public promise with a date, kept or not."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.states import ADOPTION, AdoptionState, ChallengeState
from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Moving
from partners.models import Person


class AdoptionQuerySet(models.QuerySet):
    """Promises in the domain's words."""

    def waiting(self):
        """Those still to be decided; of what was called off after the award nothing is."""
        called_off = {"challenge__state": ChallengeState.CANCELLED}
        return self.exclude(state=AdoptionState.DECIDED).exclude(**called_off)

    def visible_to(self, person):
        """As the challenge: it is a public promise."""
        return self.filter(challenge__in=Challenge.objects.visible_to(person).values("pk"))


class Adoption(Moving):
    """On which day the owner decides what becomes of it, and what was decided."""

    State = AdoptionState

    class Choice(models.TextChoices):
        ADOPT = "adopt", _("We adopt it: it becomes our usual way")
        EXTEND = "extend", _("We extend the pilot")
        SCALE = "scale", _("We make it bigger, together with others")
        HAND_OVER = "hand_over", _("Another organisation takes it over")
        STOP = "stop", _("We stop")

    graph = ADOPTION
    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="adoption")
    promised_date = models.DateField()  # as it was published
    due_date = models.DateField()  # after a postponement the new one
    postponed_because = models.TextField(max_length=2000, blank=True, editable=False)
    reminded_date = models.DateField(null=True, editable=False)
    overdue_since = models.DateField(null=True, editable=False)
    choice = models.CharField(_("decision"), max_length=9, choices=Choice, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    asked_months = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption decision")
        verbose_name_plural = _("adoption decisions")
        triggers = ADOPTION.triggers()
        constraints = [
            ADOPTION.check(AdoptionState),
            models.CheckConstraint(
                condition=~Q(state="decided")
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(choice="")
                & ~Q(reason=""),
                name="adoption_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["", "adopt", "extend", "scale", "hand_over", "stop"]),
                name="adoption_choice_is_known",
            ),
            models.CheckConstraint(
                condition=Q(due_date=F("promised_date"))
                | Q(due_date__gt=F("promised_date")) & ~Q(postponed_because=""),
                name="adoption_postponed_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_date"], name="adoption_due")]

    def __str__(self):
        return str(self.challenge)

    def get_absolute_url(self):
        return reverse("challenges:adoption", args=[self.pk])

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language

    def locks_first(self):
        return (Challenge.objects.filter(pk=self.challenge_id),)


class FollowUp(models.Model):
    """How it is 6, 12 or 24 months after the decision."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    still_runs = models.BooleanField(_("does it still run?"))
    people = models.PositiveIntegerField(_("people helped"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("people at work by it"), null=True, blank=True)
    spent_cents = models.BigIntegerField(_("spent on it in a year"), null=True, blank=True)
    others = models.CharField(_("who else uses it"), max_length=280, blank=True)
    told = models.TextField(_("what did you learn?"), max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12, 24]), name="follow_up_at_6_12_or_24_months"
            ),
            models.CheckConstraint(
                condition=Q(spent_cents=None) | Q(spent_cents__gte=0, spent_cents__lte=MOST_CENTS),
                name="follow_up_spent_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.adoption} + {self.months}"

    @property
    def has_figures(self):
        """Whether anything was counted, or others use it."""
        return bool(self.others) or {self.people, self.jobs, self.spent_cents} != {None}
