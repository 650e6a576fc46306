"""The steps of the intake: who saved which last, and whether the owner says that it is right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import SUBJECTS, Challenge
from factory import clock
from partners.models import Person


class StepQuerySet(models.QuerySet):
    """Steps in the domain's words."""

    def waiting(self):
        """Those that a coordinator filled in, and of which the owner has not said that they are right."""
        return self.filter(right_at=None)


class Step(models.Model):
    """A part of the intake. ``version`` goes up with every save; ``page`` is the opened page that saved last."""

    class Name(models.TextChoices):
        PROBLEM = "problem", _("The problem")
        SUFFERERS = "sufferers", _("Who suffers, and why")
        ABOUT = "about", _("What it is about")
        TRIED = "tried", _("What was tried")
        SUCCESS = "success", _("What success is")
        BOUNDS = "bounds", _("What must, and must not")
        MONEY = "money", _("Money")
        PEOPLE = "people", _("Who says yes")
        ADOPTION = "adoption", _("And afterwards")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=10, choices=Name)
    version = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=32, blank=True, default="")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    right_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    right_at = models.DateTimeField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the intake")
        verbose_name_plural = _("steps of the intake")
        constraints = [
            models.UniqueConstraint(fields=["challenge", "name"], name="step_once"),
            models.CheckConstraint(
                condition=Q(
                    name__in=[
                        "problem", "sufferers", "about", "tried", "success", "bounds", "money",
                        "people", "adoption",
                    ]
                ),
                name="step_name_is_known",
            ),
            models.CheckConstraint(
                condition=Q(right_by=None, right_at=None)
                | Q(right_by__isnull=False, right_at__isnull=False),
                name="step_is_right_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_name_display()

    def saved(self, by, page):
        """Somebody saved it; whoever works for the owner says by that that it is right."""
        self.version += 1
        self.page, self.saved_by, self.saved_at = page, by, clock.now()
        self.right_by, self.right_at = (None, None) if by.is_staff else (by, self.saved_at)
        self.save()


FIELDS = {
    "problem": ("title", "sentence", "problem"),
    "sufferers": ("sufferers", "causes"),
    "about": SUBJECTS,
    "tried": ("tried",),
    "success": ("success", "baseline", "data"),
    "bounds": ("bounds",),
    "money": ("envelope_cents", "co_funders", "hoped_start_date"),
    "people": ("deputy", "budget_holder", "budget_holder_job", "mandate"),
    "adoption": ("explores_only", "adoption_by", "adoption_budget", "adoption_due_date"),
}
NEEDED = {
    "problem": ("title", "sentence", "problem"),
    "sufferers": ("sufferers",),
    "about": ("themes",),
    "success": ("success", "baseline"),
    "money": ("envelope_cents",),
    "people": ("deputy", "budget_holder", "mandate"),
    "adoption": ("adoption_by", "adoption_due_date"),
}


def is_complete(challenge, name):
    """Whether this step holds what it needs."""
    if name == "adoption" and challenge.explores_only:
        return True
    return all(stands(challenge, field) for field in NEEDED.get(name, FIELDS[name]))


def is_begun(challenge, name):
    """Whether anything stands in this step."""
    return any(stands(challenge, field) for field in FIELDS[name])


def stands(challenge, name):
    """What stands in a field of the intake; of themes and goals the rows."""
    value = getattr(challenge, name)
    return list(value.all()) if name in SUBJECTS else value
