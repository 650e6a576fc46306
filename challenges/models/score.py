"""A juror's mark on one criterion, and the mark on which the jury agrees."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import fairness
from challenges.models.assessment import Assessment, AssessmentState
from challenges.models.criterion import HIGHEST, LOWEST, Criterion
from challenges.models.entry import Entry
from challenges.models.interest import Interest
from challenges.models.states import ChallengeState
from factory import clock
from partners.models import Person

DELIBERATED = [
    str(s) for s in (ChallengeState.CONSENSUS, ChallengeState.PITCHING, ChallengeState.PROPOSED)
]


class ScoreQuerySet(models.QuerySet):
    """Marks in the domain's words."""

    def locked(self):
        """Those that count."""
        return self.filter(assessment__state=AssessmentState.LOCKED)

    def visible_to(self, person):
        """One's own; others' on the same entry once one's own are locked, and all when the jury deliberates.

        Who leads the jury without scoring an entry reads its marks from the deliberation on.
        """
        if not person.is_authenticated:
            return self.none()
        seats = person.jury_seats.standing()
        mine = Assessment.objects.of(person)
        clear = Interest.objects.clear().filter(juror__in=seats)
        readable = Q(assessment__entry__in=clear.values("entry"))
        if person.is_staff:
            readable |= ~Q(assessment__challenge__in=seats.values("challenge"))
        told = Q(assessment__state=AssessmentState.LOCKED)
        mine_too = models.Exists(
            mine.locked().filter(
                entry=models.OuterRef("assessment__entry"),
                round=models.OuterRef("assessment__round"),
            )
        )
        together = Q(assessment__challenge__state__in=DELIBERATED) & readable & told
        live = Q(assessment__challenge__state="pitching", assessment__round="pitch")
        return self.filter(
            Q(assessment__in=mine.values("pk")) | together & ~live | told & readable & Q(mine_too)
        )


class Score(models.Model):
    """A mark on one criterion, and why."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("mark"), null=True, blank=True)
    motivation = models.TextField(_("why this mark"), max_length=2000, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        triggers = [fairness.SCORED_FAIRLY]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="score_one_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=LOWEST, points__lte=HIGHEST),
                name="score_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"


class Consensus(models.Model):
    """The mark on which the jury agrees for one entry and criterion, and why it differs from the average."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="consensus")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="consensus")
    points = models.PositiveSmallIntegerField(_("mark"))
    reason = models.TextField(_("why"), max_length=2000, blank=True)
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    noted_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("agreed mark")
        verbose_name_plural = _("agreed marks")
        triggers = [fairness.AGREED_TOGETHER]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "criterion"], name="consensus_one_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=LOWEST, points__lte=HIGHEST), name="consensus_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"
