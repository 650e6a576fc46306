"""What entrants ask about a challenge, and what everybody reads as the answer."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import asking
from challenges.models.challenge import Challenge
from factory import clock
from factory.graph import Graph, Moving
from partners.models import Person

LONGEST = 2000


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    SET_ASIDE = "set_aside", _("Set aside")


S = QuestionState
QUESTION = Graph(
    "challenges.question",
    first=(S.ASKED,),
    edges={S.ASKED: [S.ANSWERED, S.SET_ASIDE]},
    back={S.SET_ASIDE: [S.ASKED]},
)


class QuestionQuerySet(models.QuerySet):
    """Questions in the domain's words."""

    def answered(self):
        return self.filter(state=S.ANSWERED)

    def waiting(self):
        return self.filter(state=S.ASKED)

    def visible_to(self, person):
        """Everybody reads what was answered; before that who asked it, who must answer, and the staff."""
        public = Q(state=S.ANSWERED, challenge__published_at__isnull=False)
        if not person.is_authenticated:
            return self.filter(public)
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(public | Q(asker=person) | Q(challenge__organisation__in=mine))


class Question(Moving):
    """A question and its answer, the same for everybody. Who asked it is known to the staff alone."""

    State = QuestionState

    graph = QUESTION
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="questions")
    asker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=LONGEST)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.TextField(_("answer"), max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=LONGEST, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        triggers = [*QUESTION.triggers(), asking.ASKED_IN_TIME, asking.STANDS_AS_ASKED]
        constraints = [
            QUESTION.check(QuestionState),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="question_answered_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""),
                name="question_set_aside_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "state"], name="question_of_challenge")]

    def __str__(self):
        return self.text[:80]

    @property
    def value_at_stake_cents(self):
        """What whoever enters counts on in the answer; above the norm a mailed link asks to sign in."""
        return self.challenge.envelope_cents

    def get_absolute_url(self):
        return reverse("challenges:question", args=[self.pk])

    def locks_first(self):
        return (Challenge.objects.filter(pk=self.challenge_id),)

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language
