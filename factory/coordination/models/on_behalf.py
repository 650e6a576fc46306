"""What a coordinator noted for somebody, and whether that somebody says that it is right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.answers import sealed_amount
from factory.graph import Graph, Moving
from factory.journal.models import Event
from factory.notices.sight import thing_of
from factory.texts import told


class OnBehalfState(models.TextChoices):
    ASKED = "asked", _("Asked whether it is right")
    RIGHT = "right", _("Is right")
    WRONG = "wrong", _("Is not right")
    SETTLED = "settled", _("Settled")


S = OnBehalfState
GRAPH = Graph(
    "coordination.onbehalf",
    first=(S.ASKED,),
    edges={S.ASKED: [S.RIGHT, S.WRONG], S.WRONG: [S.SETTLED]},
    back={S.SETTLED: [S.WRONG]},
)


class OnBehalfQuerySet(models.QuerySet):
    """What was noted for others, in the domain's words."""

    def visible_to(self, person):
        """Coordinators, and the one for whom it was noted."""
        if not person.is_authenticated:
            return self.none()
        return self if person.is_staff else self.filter(person=person)

    def asked_of(self, person):
        return self.filter(person=person, state=S.ASKED)

    def with_words(self):
        return self.select_related("event", "person", "by")


class OnBehalf(Moving):
    """One thing that a coordinator noted for a person, as an event of the journal."""

    State = OnBehalfState

    graph = GRAPH
    event = models.OneToOneField(Event, models.PROTECT, related_name="noted_for")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("for whom")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )
    at = models.DateTimeField(_("noted at"), default=clock.now)

    objects = OnBehalfQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing noted for somebody")
        verbose_name_plural = _("things noted for somebody")
        triggers = GRAPH.triggers()
        constraints = [
            GRAPH.check(OnBehalfState),
            models.CheckConstraint(condition=~Q(person=F("by")), name="on_behalf_of_somebody_else"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(state="asked"), name="on_behalf_asked"),
            models.Index(fields=["at"], condition=Q(state="wrong"), name="on_behalf_wrong"),
        ]

    def __str__(self):
        return f"{told(self.event.verb)}: {self.thing}"

    def get_absolute_url(self):
        return reverse("on_behalf", args=[self.pk])

    @property
    def thing(self):
        """What it is about."""
        return thing_of(self.event)

    language = ""  # its words are ours

    @property
    def cents(self):
        """The amount that was noted, or None."""
        return self.event.details.get("cents")

    @property
    def value_at_stake_cents(self):
        """The amount that hangs on the answer, one that is kept back too."""
        return self.cents or sealed_amount(self)
