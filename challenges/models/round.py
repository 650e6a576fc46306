"""A round in which a coordinator asks for more: the question, and until when it can be answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person

MOST_ROUNDS = 3


class RoundQuerySet(models.QuerySet):
    """Rounds in the domain's words."""

    def open(self):
        return self.filter(answered_at=None)


class Round(models.Model):
    """One question; the answer is that the problem is sent in again."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    question = models.TextField(_("what is missing"), max_length=2000)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateField(_("answer by"))
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of questions")
        verbose_name_plural = _("rounds of questions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(answered_at=None), name="round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_ROUNDS), name="round_at_most_three"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="round_asks_something"),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.number}"
