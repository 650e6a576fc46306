"""What a challenge asks of who enters."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge

MOST_WORDS = 2000  # of one answer; an entry is short, or a jury does not read it


class FormQuestion(models.Model):
    """A question of the form, and how many words its answer may take."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="questions_asked")
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("explanation"), max_length=500, blank=True)
    most_words = models.PositiveSmallIntegerField(_("at most this many words"), default=300)
    is_required = models.BooleanField(_("must be answered"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")
        ordering = ["position", "pk"]
        triggers = [guards.frozen("question_is_frozen_from_the_approval_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_words__gt=0, most_words__lte=MOST_WORDS),
                name="question_words_in_range",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
        ]

    def __str__(self):
        return self.text
