"""What one juror gives one entry: marks with their reasons, theirs alone until they lock them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import fairness
from challenges.models.challenge import Challenge
from challenges.models.criterion import Criterion
from challenges.models.entry import Entry
from challenges.models.interest import Interest
from challenges.models.juror import Juror
from factory import clock
from factory.graph import Graph, Moving


class AssessmentState(models.TextChoices):
    OPEN = "open", _("To score")
    LOCKED = "locked", _("Locked")
    VOID = "void", _("Void")


ASSESSMENT = Graph(
    "challenges.assessment",
    first=(AssessmentState.OPEN,),
    edges={
        AssessmentState.OPEN: [AssessmentState.LOCKED, AssessmentState.VOID],
        AssessmentState.LOCKED: [AssessmentState.OPEN, AssessmentState.VOID],
    },
)


class AssessmentQuerySet(models.QuerySet):
    """Assessments in the domain's words."""

    def standing(self):
        """Those that count, done or not."""
        return self.exclude(state=AssessmentState.VOID)

    def open(self):
        return self.filter(state=AssessmentState.OPEN)

    def locked(self):
        return self.filter(state=AssessmentState.LOCKED)

    def of(self, person):
        """Those that this person makes."""
        return self.standing().filter(juror__person=person)

    def visible_to(self, person):
        """One's own; who leads the jury sees that the others' are there, and no marks by this gate.

        Who declared a conflict sees nothing of that entry, whatever else they are.
        """
        if not person.is_authenticated:
            return self.none()
        seats = person.jury_seats.standing()
        mine = Q(juror__person=person) & ~Q(state=AssessmentState.VOID)
        closed = Interest.objects.conflicted().filter(juror__person=person)
        led = Q(challenge__in=seats.seated().filter(chairs=True).values("challenge"))
        if person.is_staff:
            led |= ~Q(challenge__in=seats.values("challenge"))
        return self.filter(mine | led & ~Q(entry__in=closed.values("entry")))


class Assessment(Moving):
    """One juror's marks for one entry, on its text or at its pitch."""

    State = AssessmentState
    Round = Criterion.ScoredAt

    graph = ASSESSMENT
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="assessments")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="assessments")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assessments")
    round = models.CharField(max_length=5, choices=Round, default=Round.TEXT, db_default="text")
    assigned_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    reason = models.TextField(max_length=2000, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        triggers = [
            *ASSESSMENT.triggers(),
            fairness.ASSESSED_FAIRLY,
            fairness.COMPLETE_WHEN_LOCKED,
        ]
        constraints = [
            ASSESSMENT.check(AssessmentState),
            models.CheckConstraint(
                condition=Q(round__in=["text", "pitch"]), name="assessment_round_is_known"
            ),
            models.UniqueConstraint(
                fields=["juror", "entry", "round"],
                condition=~Q(state="void"),
                name="assessment_one_a_juror_and_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(locked_at__isnull=False),
                name="assessment_locked_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["challenge", "state"], name="assessment_of_challenge"),
            models.Index(fields=["entry", "round", "state"], name="assessment_of_entry"),
            models.Index(fields=["juror", "state"], name="assessment_of_juror"),
        ]

    def __str__(self):
        return str(_("Entry %(number)s") % {"number": self.entry.number})

    def get_absolute_url(self):
        return reverse("challenges:assessment", args=[self.pk])

    def locks_first(self):
        return (
            Challenge.objects.filter(pk=self.challenge_id),
            Entry.objects.filter(pk=self.entry_id),
        )

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language

    def criteria(self):
        """What is scored in this round, with the mark and the words that are there: ``(criterion, score)``."""
        scores = {score.criterion_id: score for score in self.scores.all()}
        asked = Criterion.objects.filter(challenge=self.challenge_id, scored_at=self.round)
        return [(criterion, scores.get(criterion.pk)) for criterion in asked]
