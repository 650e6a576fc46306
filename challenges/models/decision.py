"""Who decided on the awards, on what ground, and up to which amount."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_deciding as invariants
from challenges.models.challenge import Challenge
from factory import clock
from factory.fields import MOST_CENTS
from factory.files.models import StoredFile
from partners.models import Person


class DecisionQuerySet(models.QuerySet):
    """Decisions in the domain's words."""

    def standing(self):
        return self.filter(ended_at=None)

    def visible_to(self, person):
        """The people of the organisation whose challenge it is, and the staff."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(challenge__organisation__in=mine)


class Decision(models.Model):
    """One decision on the awards of a challenge. Made in person, or on a paper that a coordinator checked."""

    class Kind(models.TextChoices):
        MANDATE = "mandate", _("by somebody with a mandate")
        JURY = "jury", _("by the jury, confirmed by the organisation")
        PAPER = "paper", _("on paper, checked by a coordinator")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=7, choices=Kind)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_by = models.CharField(_("decided by"), max_length=120)
    number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_date = models.DateField(_("decided on"))
    cents = models.BigIntegerField(_("up to"))  # the mandate it was decided under
    paper = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField(default=clock.now)
    sent_back = models.TextField(_("what is not right"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # since when another one counts

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        triggers = [invariants.DECISION_STANDS]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["mandate", "jury", "paper"]), name="decision_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(ended_at=None), name="decision_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0, cents__lte=MOST_CENTS), name="decision_amount_in_range"
            ),
            models.CheckConstraint(
                condition=~Q(kind="paper")
                | Q(paper__isnull=False) & ~Q(number="") & ~Q(decided_by=""),
                name="decision_on_paper_has_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False)
                & ~Q(checked_by=F("noted_by")),
                name="decision_checked_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.decided_by}"

    def get_absolute_url(self):
        return f"{self.challenge.get_absolute_url()}decision/"

    @property
    def waits_for_a_check(self):
        return self.kind == self.Kind.PAPER and self.checked_at is None and self.ended_at is None
