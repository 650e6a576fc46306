"""What an entrant brings against a decision, or against being excluded: while it is open, nothing becomes final."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_letters as invariants
from challenges.models.challenge import Challenge
from challenges.models.decision import Decision
from challenges.models.entry import Entry
from challenges.models.states import OBJECTION, ObjectionState
from factory import clock
from factory.files.models import StoredFile
from factory.graph import Moving
from partners.models import Person

LONGEST = 10_000


class ObjectionQuerySet(models.QuerySet):
    """Objections in the domain's words."""

    def in_the_way(self):
        """Those that keep the decision from becoming final: open, or right and not yet mended.

        What is right is mended by a new decision; of who was excluded, by the entry that comes back.
        """
        about_now = Q(decision__isnull=False, decision__ended_at=None)
        excluded = Q(entry__state=Entry.State.EXCLUDED)
        blocking = [ObjectionState.OPEN, ObjectionState.UPHELD]
        return self.filter(about_now | excluded, state__in=blocking)

    def visible_to(self, person):
        """The entrant, the organisation that decided, and the staff."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(entry__organisation__in=mine) | Q(challenge__organisation__in=mine))


class Objection(Moving):
    """An objection to a decision, or proceedings at a court about it.

    Who is excluded can object before there is a decision. What they bring, whenever they do, is about being
    excluded: whoever is rightly excluded has no interest in who gets the award.
    """

    State = ObjectionState

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("an objection")
        PROCEEDINGS = "proceedings", _("proceedings at the court")

    graph = OBJECTION
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="objections")
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.OBJECTION)
    received_date = models.DateField(_("received on"))
    text = models.TextField(_("what they say"), max_length=LONGEST, blank=True)
    paper = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lodged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField(default=clock.now, editable=False)
    reason = models.TextField(_("how it was decided"), max_length=LONGEST, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        triggers = [*OBJECTION.triggers(), invariants.OBJECTION_IN_TIME]
        constraints = [
            OBJECTION.check(ObjectionState),
            models.CheckConstraint(
                condition=Q(kind__in=["objection", "proceedings"]), name="objection_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(paper__isnull=False), name="objection_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | ~Q(reason=""),
                name="objection_decided_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "state"], name="objection_of_challenge")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.entry}"

    def get_absolute_url(self):
        return reverse("challenges:objection", args=[self.pk])

    @property
    def is_in_the_way(self):
        """As :meth:`ObjectionQuerySet.in_the_way`, of a row with its decision and its entry."""
        about_now = self.decision_id and not self.decision.ended_at
        excluded = self.entry.state == Entry.State.EXCLUDED
        return self.state in (ObjectionState.OPEN, ObjectionState.UPHELD) and (
            about_now or excluded
        )

    def locks_first(self):
        return (Challenge.objects.filter(pk=self.challenge_id),)

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language
