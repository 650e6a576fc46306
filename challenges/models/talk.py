"""A talk that an entrant asks for, to hear more than a letter can say."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.entry import Entry
from challenges.models.states import TALK, TalkState
from factory import clock
from factory.graph import Moving
from partners.models import Person


class TalkQuerySet(models.QuerySet):
    """Talks in the domain's words."""

    def to_come(self):
        return self.filter(state__in=[TalkState.ASKED, TalkState.PLANNED])

    def visible_to(self, person):
        """The entrant, the organisation whose challenge it is, and the staff."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(entry__organisation__in=mine) | Q(challenge__organisation__in=mine))


class Talk(Moving):
    """A talk about the outcome: asked for, planned, held."""

    State = TalkState

    graph = TALK
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="talks")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="talks")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    question = models.TextField(_("what they want to know"), max_length=1000, blank=True)
    planned_at = models.DateTimeField(_("when"), null=True, blank=True)
    place = models.CharField(_("where or how"), max_length=200, blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["pk"]
        triggers = [*TALK.triggers()]
        constraints = [
            TALK.check(TalkState),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=["asked", "planned"]),
                name="talk_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "held"])
                | Q(planned_at__isnull=False) & ~Q(place=""),
                name="talk_planned_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "state"], name="talk_of_challenge")]

    def __str__(self):
        return str(self.entry)

    def get_absolute_url(self):
        return reverse("challenges:talk", args=[self.pk])

    def locks_first(self):
        return (Challenge.objects.filter(pk=self.challenge_id),)

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language
