"""That a coordinator looked at the site as a member sees it: who, as whom, from when until when."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.graph import Graph, Moving

AT_MOST = timedelta(minutes=15)


class LookState(models.TextChoices):
    LOOKING = "looking", _("Looking")
    ENDED = "ended", _("Ended")


S = LookState
GRAPH = Graph("coordination.look", first=(S.LOOKING,), edges={S.LOOKING: [S.ENDED]})


class LookQuerySet(models.QuerySet):
    """Looks in the domain's words."""

    def visible_to(self, person):
        """Coordinators, and the one as whom somebody looked."""
        if not person.is_authenticated:
            return self.none()
        return self if person.is_staff else self.filter(person=person)

    def under_way(self):
        return self.filter(state=S.LOOKING)

    def overdue(self, now):
        return self.under_way().filter(until__lte=now).order_by("until")


class Look(Moving):
    """A coordinator sees the site as this person does: to read, for a quarter of an hour at most."""

    State = LookState

    graph = GRAPH
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at your pages")
        verbose_name_plural = _("looks at your pages")
        triggers = GRAPH.triggers()
        constraints = [
            GRAPH.check(LookState),
            models.CheckConstraint(condition=~Q(person=F("by")), name="look_as_somebody_else"),
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + AT_MOST),
                name="look_a_quarter_of_an_hour_at_most",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="looking"), name="look_overdue")
        ]

    def __str__(self):
        return f"{self.by} → {self.person}"

    def get_absolute_url(self):
        return "/desk/inbox/"
